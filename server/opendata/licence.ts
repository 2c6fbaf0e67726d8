import type { Config, DataLicence } from '../config.ts'
import type { Link } from '../contract/ogc.ts'
import { demoNotice } from '../contract/text.ts'
import type { AppContext } from '../http/context.ts'

const names: Record<DataLicence, { name: string; url: string }> = {
  'dl-by-de/2.0': { name: 'Datenlizenz Deutschland – Namensnennung – Version 2.0', url: 'https://www.govdata.de/dl-de/by-2-0' },
  'dl-zero-de/2.0': { name: 'Datenlizenz Deutschland – Zero – Version 2.0', url: 'https://www.govdata.de/dl-de/zero-2-0' },
  'cc-by/4.0': {
    name: 'Creative Commons Namensnennung 4.0 International',
    url: 'https://creativecommons.org/licenses/by/4.0/deed.de',
  },
  'cc-zero': { name: 'Creative Commons CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/deed.de' },
}

/** Licence the city gives its data; null while it has not decided. */
export function licenceOf(config: Pick<Config, 'dataLicence'>): { name: string; url: string } | null {
  return config.dataLicence ? names[config.dataLicence] : null
}

/** Who publishes, under which address and terms, and whether invented example data are among the data. */
export type Publisher = Pick<Config, 'publicBaseUrl' | 'cityName' | 'dataLicence'> & { isDemo: boolean }

export function publisherOf({ config, revisions }: Pick<AppContext, 'config' | 'revisions'>): Publisher {
  return { ...config, isDemo: revisions.isDemo() }
}

/** Who is to be named with the data; and that they are partly invented, where they are. */
export function attributionOf({ cityName, isDemo }: Pick<Publisher, 'cityName' | 'isDemo'>): string {
  return isDemo ? `Stadt ${cityName} (${demoNotice})` : `Stadt ${cityName}`
}

export function licenceLinks(config: Pick<Config, 'dataLicence'>): Link[] {
  const licence = licenceOf(config)
  return licence ? [{ href: licence.url, rel: 'license', type: 'text/html', title: licence.name }] : []
}
