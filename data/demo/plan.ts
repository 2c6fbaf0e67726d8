/** What is invented, and how much: the sums are the real totals of the programme (report of 28.03.2022). */

/** Days to which the invented deliveries refer: two years. */
export const deliveryDays = [
  '2021-06-30',
  '2021-09-30',
  '2021-12-31',
  '2022-03-31',
  '2022-06-30',
  '2022-09-30',
  '2022-12-31',
  '2023-03-31',
] as const

export const programmeId = 'breitband'
export const citation = 'Beispieldaten (erfunden)'

export interface DistrictPlan {
  /** Delivery from which on something is built there. */
  begins: number
  household: number
  business: number
  educational_institution: number
  hospital: number
}

const plan = (begins: number, household: number, business: number, schools: number, hospital = 0): DistrictPlan => ({
  begins,
  household,
  business,
  educational_institution: schools,
  hospital,
})

/**
 * Five districts of the first phase sum up to 213 households, 98 businesses, 16 institutions and the hospital, as announced in
 * April 2021; all of them to 1,376, 214, 34 and 1. How they are spread over the districts is invented.
 */
export const districtPlans: Readonly<Record<string, DistrictPlan>> = {
  hitdorf: plan(0, 118, 14, 2),
  rheindorf: plan(0, 52, 17, 4),
  buerrig: plan(0, 41, 22, 2),
  kueppersteg: plan(0, 27, 19, 3),
  opladen: plan(1, 38, 31, 5, 1),
  'bergisch-neukirchen': plan(0, 55, 9, 2),
  steinbuechel: plan(3, 246, 21, 4),
  schlebusch: plan(3, 231, 24, 4),
  luetzenkirchen: plan(4, 187, 13, 2),
  quettingen: plan(4, 148, 11, 2),
  alkenrath: plan(3, 96, 4, 1),
  manfort: plan(4, 134, 16, 2),
  wiesdorf: plan(5, 3, 13, 1),
}

/** Metres of the network at its end. Trench is invented; the other three are the programme's totals. */
export const lengthsM = { trench: 41_000, newDuct: 49_000, reused: 23_000, cable: 82_000 }
