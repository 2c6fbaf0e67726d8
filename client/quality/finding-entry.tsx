import { formatMoment } from '../../server/contract/dates.ts'
import { type Finding, qualityRules, reopenFinding, severities } from '../../server/contract/quality.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { explain } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { user } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'
import { readAgain } from './data.ts'

/** What does not fit, why the rule says so, where to put it right, and what was said about it. */
export function FindingEntry({ finding, onExplain }: { finding: Finding; onExplain: () => void }) {
  const { rule, severity, sentence, href, firstSeen, resolvedAt, acceptance } = finding
  const mayExplain = user.value?.roles.some((role) => ['gigabitCoordinator', 'mobileCoordinator', 'admin'].includes(role))
  const reopen = async () => {
    try {
      await ask(reopenFinding, { params: { id: finding.id } })
      await readAgain()
    } catch (error) {
      toast(explain(error), 'danger')
    }
  }
  return (
    <li class={`finding finding--${severity}`}>
      <p class="muted">
        {severities.labels[severity].de}: {qualityRules[rule].title.de}
      </p>
      <p class="finding__sentence">{sentence}</p>
      <p class="muted">
        Seit {formatMoment(firstSeen, 'de')}
        {resolvedAt && `, erledigt ${formatMoment(resolvedAt, 'de')}`}
      </p>
      {acceptance && (
        <p>
          Erklärt von {acceptance.name} am {formatMoment(acceptance.at, 'de')}: {acceptance.reason}
        </p>
      )}
      {!resolvedAt && (
        <div class="fact-row__actions">
          <ButtonLink look="secondary" small icon="forward" href={href}>
            Ansehen
          </ButtonLink>
          {mayExplain && !acceptance && (
            <Button look="tertiary" small icon="check" onClick={onExplain}>
              Erklären
            </Button>
          )}
          {mayExplain && acceptance && (
            <Button look="tertiary" small icon="renew" onClick={() => void reopen()}>
              Erklärung zurücknehmen
            </Button>
          )}
        </div>
      )}
    </li>
  )
}
