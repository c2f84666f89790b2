import { crc32, deflateRawSync } from 'node:zlib'

/** A file as it goes into an archive. */
export interface ZipEntry {
  /** Its path in the archive, with slashes. */
  readonly name: string
  readonly content: Buffer
}

/** 1980-01-01, the first day a zip knows: the same files make the same archive. */
const firstDay = 0x21

/** Names are UTF-8 (PKWARE APPNOTE 6.3.10, 4.4.4, bit 11). */
const utf8 = 0x0800

/** What the header of a file and its line in the directory have in common (4.3.7, 4.3.12). */
function facts(name: Buffer, content: Buffer, packed: Buffer): Buffer {
  const bytes = Buffer.alloc(26)
  bytes.writeUInt16LE(20, 0)
  bytes.writeUInt16LE(utf8, 2)
  bytes.writeUInt16LE(8, 4)
  bytes.writeUInt16LE(firstDay, 8)
  bytes.writeUInt32LE(crc32(content), 10)
  bytes.writeUInt32LE(packed.length, 14)
  bytes.writeUInt32LE(content.length, 18)
  bytes.writeUInt16LE(name.length, 22)
  return bytes
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** An archive of these files, as every system unpacks it. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content } of entries) {
    const path = Buffer.from(name)
    const packed = deflateRawSync(content, { level: 9 })
    const same = facts(path, content, packed)
    const file = Buffer.concat([word(0x04034b50), same, path, packed])
    // Made by any system of version 2.0; no comment, first disk, no attributes.
    directory.push(Buffer.concat([word(0x02014b50), Buffer.from([20, 0]), same, Buffer.alloc(10), word(at), path]))
    files.push(file)
    at += file.length
  }
  const lines = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(lines.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...files, lines, end])
}
