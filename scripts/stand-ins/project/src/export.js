import { mkdirSync, writeFileSync } from 'node:fs'
import { sum } from './sum.js'

/** `DAY` is what the data depends on, so that it can be the same on two days. */
const day = Number(process.env.DAY ?? '1')
mkdirSync('data/months', { recursive: true })
writeFileSync('data/total.json', `${JSON.stringify({ total: sum(1, 2, 3) })}\n`)
writeFileSync('data/latest.csv', `day,value\n${day},${day * 10}\n`)
writeFileSync(`data/months/${day}.csv`, 'month,value\n1,100\n')
