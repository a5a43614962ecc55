import { ListrLogger, ListrLogLevels } from 'listr2';

/**
 * Progress where there is no terminal. Why a task failed is told once, at the end, and not by each task around it.
 *
 * @extends {ListrLogger<ListrLogLevels>}
 */
export class PlainLogger extends ListrLogger {
  constructor() {
    super({ useIcons: true });
  }

  /**
   * @override
   * @param {Parameters<ListrLogger<ListrLogLevels>['log']>} line
   */
  log(...[level, message, fields]) {
    super.log(level, message, level === ListrLogLevels.FAILED ? undefined : fields);
  }
}
