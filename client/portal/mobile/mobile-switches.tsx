import './mobile.css'
import { mobileOperators, mobileTechnologies } from '../../../server/contract/mobile/codes.ts'
import { say } from '../../ui/language.ts'
import type { View } from '../../url.ts'
import { navigate, view } from '../view.ts'
import { isEmpty, mobile } from './mobile-data.ts'
import { words } from './mobile-words.ts'

/** Whose network, which technology, and (where there is a choice) predicted or measured. */
export function MobileSwitches() {
  const { network, technology, method } = view.value
  // Nothing to switch between.
  if (isEmpty.value) return null
  const hasMeasured = (mobile.answer.value?.measured.length ?? 0) > 0
  return (
    <div class="mobile-switches">
      <Switch
        label={say(words.network)}
        value={network ?? ''}
        options={[
          ...(method === 'measured' && network !== null ? [] : [{ value: '', label: say(words.allNetworks) }]),
          ...mobileOperators.keys.map((value) => ({ value, label: say(mobileOperators.labels[value]) })),
        ]}
        onChoose={(value) => navigate({ network: (value || null) as View['network'] })}
      />
      <Switch
        label={say(words.technology)}
        value={technology}
        options={mobileTechnologies.keys.map((value) => ({ value, label: say(mobileTechnologies.labels[value]) }))}
        onChoose={(value) => navigate({ technology: value as View['technology'] })}
      />
      {(hasMeasured || method === 'measured') && (
        <Switch
          label={say(words.method)}
          value={method}
          options={(['predicted', 'measured'] as const).map((value) => ({ value, label: say(words[value]) }))}
          onChoose={(value) => navigate({ method: value as View['method'] })}
        />
      )}
    </div>
  )
}

interface SwitchProps {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChoose: (value: string) => void
}

function Switch({ label, value, options, onChoose }: SwitchProps) {
  return (
    <label class="programme-switch">
      <span class="programme-switch__label">{label}</span>
      <select class="programme-switch__select" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
