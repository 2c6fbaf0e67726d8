import type { Config, DataLicence } from '../config.ts'
import type { Link } from '../contract/ogc.ts'

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

/** Who is to be named with the data. */
export function attributionOf(config: Pick<Config, 'cityName'>): string {
  return `Stadt ${config.cityName}`
}

export function licenceLinks(config: Pick<Config, 'dataLicence'>): Link[] {
  const licence = licenceOf(config)
  return licence ? [{ href: licence.url, rel: 'license', type: 'text/html', title: licence.name }] : []
}
