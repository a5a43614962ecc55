/**
 * The passwords that guessing starts with, of those long enough to be taken (ten characters and more), folded to lower
 * case without spaces. A short list of what every published ranking has on top, Russian keyboards included; throttling
 * does the rest.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  0123456789 1234567890 12345678910 123456789a 1234567891 1234567899 0987654321 9876543210 1122334455 1212121212
  1231231231 123123123123 123321123321 1234512345 123456123456 12345678900 1234567890a 12345qwert 1234qwerasdf
  111222333444 1a2b3c4d5e 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qazxsw23edc zaq12wsxcde3 q1w2e3r4t5
  q1w2e3r4t5y6 qwe123qwe123 qweasdzxc123 qwer1234qwer qwert12345 qwerty1234 qwerty12345 qwerty123456 qwerty1234567890
  qwertyqwerty qwertyuiop qwertyuiop[] qwertyuiop123 asdfghjkl1 asdfghjkl; asdfghjkl123 asdfasdfasdf zxcvbnm123
  zxcvbnmzxcvbnm abc123abc123 abcd123456 abcd12345678 abcdefghij abcdefghijk a123456789 a1b2c3d4e5 aa12345678
  aaa123456789 password00 password01 password10 password11 password12 password123 password1234 password12345
  password123456 password1! password!@# passw0rd123 p@ssword123 p@ssw0rd123 p@ssw0rd1234 passwordpassword mypassword
  mypassword1 mypassword123 newpassword newpassword1 changeme123 changeme1234 changemenow letmein123 letmein1234
  letmeinnow welcome123 welcome1234 welcome2024 welcome2025 welcome2026 administrator admin12345 admin123456
  adminadmin admin@1234 administrator1 rootrootroot superadmin testtest123 test123456 testtesttest guestguest
  iloveyou12 iloveyou123 iloveyou1234 iloveyou2! iloveyousomuch ilovemymom princess123 princess12 sunshine12
  sunshine123 football12 football123 baseball12 baseball123 basketball basketball1 superman12 superman123 spiderman1
  batman123456 liverpool1 liverpool123 manchester manchester1 manchesterunited chelsea123 barcelona1 realmadrid
  dragon123456 monkey123456 shadow123456 master123456 michael123 jennifer12 jordan123456 charlie123 freedom123
  whatever123 trustno1trustno1 starwars123 pokemon123 pokemon1234 computer12 computer123 internet123 samsung123
  corvette123 mustang123 ferrari123 mercedes123 butterfly1 butterfly123 chocolate1 chocolate123 strawberry
  strawberry1 watermelon blackberry tinkerbell hello12345 hello123456 helloworld helloworld1 secret1234 secret12345
  topsecret1 supersecret correcthorsebatterystaple qwerty1234! summer2024! summer2025! summer2026! winter2024!
  winter2025! winter2026! spring2025! autumn2025! january2025 january2026 december2025 blink182blink182
  qazwsxedc1 qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb zxcvbnm1234 1qaz!qaz2wsx 1qaz@wsx3edc !qaz2wsx3edc
  йцукенгшщз йцукенгшщзхъ йцукен12345 йцукен123456 фывапролдж фывапролджэ ячсмитьбю1 пароль1234 пароль12345
  пароль123456 парольпароль qwertyйцукен любовь12345 наташа12345 привет12345 привет123456 москва12345 россия12345
  gfhjkm1234 gfhjkm12345 gfhjkm123456 gfhjkmgfhjkm ghbdtn12345 ghbdtn123456 natasha123 marina12345 nikita12345
  zenit12345 spartak1922 lokomotiv1 moscow12345 russia12345 samara12345
  bankbankbank bankaccount moneymoney moneymoney1 mymoney123 kopeckkopeck
  `
    .split(/\s+/)
    .filter((word) => word !== ''),
);
