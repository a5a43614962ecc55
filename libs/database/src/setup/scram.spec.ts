import { scramVerifier } from './scram.js';

describe('scramVerifier', () => {
  it('is what PostgreSQL stores for the password', () => {
    // PostgreSQL 18 lets a role with this verifier sign in with "pencil".
    const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
    expect(scramVerifier('pencil', salt)).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });

  it('has a salt of its own each time', () =>
    expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil')));
});
