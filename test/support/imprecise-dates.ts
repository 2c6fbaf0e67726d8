/** Values of every kind, with and without `by`, over years that include leap days and the ends of the range. */
export function impreciseDates(): string[] {
  const years = [1900, 1999, 2000, 2019, 2020, 2021, 2022, 2023, 2024, 2100, 2199]
  return years.flatMap((year) => [...periodsOf(year), ...daysOf(year)]).flatMap((value) => [value, `by ${value}`])
}

/** Texts that look like imprecise dates and are none. */
export const notImpreciseDates = [
  ...['', ' ', 'by', 'by ', '2022-', '2022-00', '2022-13', '2022-Q0', '2022-Q5', '2022-H0', '2022-H3', '2022-q4', '2022-fall'],
  ...[
    '2022-02-29',
    '1900-02-29',
    '2100-02-29',
    '2022-02-30',
    '2022-04-31',
    '2022-06-31',
    '2022-01-32',
    '2022-01-00',
    '2022-00-10',
  ],
  ...['0000', '1899', '2200', '1899-12-31', '2200-01-01', '22', '20222', '02022', '2022-1', '2022-1-1', '2022-Q44', '2022-Q4-01'],
  ...[
    ' 2022',
    '2022 ',
    '2022\n',
    '2022-03\n',
    'by  2022',
    'BY 2022',
    'by by 2022',
    'by2022',
    '2022-spring-01',
    '٢٠٢٢',
    '20220328',
  ],
]

function periodsOf(year: number): string[] {
  const months = Array.from({ length: 12 }, (_, index) => twoDigits(index + 1))
  const others = ['Q1', 'Q2', 'Q3', 'Q4', 'H1', 'H2', 'spring', 'summer', 'autumn', 'winter', 'start', 'mid', 'end']
  return [`${year}`, ...[...months, ...others].map((part) => `${year}-${part}`)]
}

/** Counted by hand, not by the Date object the product uses. */
function daysOf(year: number): string[] {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].flatMap((length, month) =>
    Array.from({ length }, (_, day) => `${year}-${twoDigits(month + 1)}-${twoDigits(day + 1)}`),
  )
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
