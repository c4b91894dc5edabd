// Package wal is a write-ahead log of opaque records: what was appended and
// synced comes back after any crash, in order and unchanged, or opening the
// log fails and says which file is damaged and where.
//
//	log, found, err := wal.Open(wal.OS{}, dir, wal.Options{})
//	...                                        // found.Records is the log so far
//	position, err := log.Append(records, false) // in memory, never waits for the disk
//	durable, err := log.Sync()                  // one write and one fsync for all appended so far
//	if durable >= position { ... }              // now it may be acknowledged
//
// # Guarantees
//
//   - After a crash, [Open] returns every record that a Sync covered, followed
//     by a prefix of those appended later. What it returns is durable by then,
//     also when the crash was of the process only and the records were still
//     in the page cache, or when their fsync had failed.
//   - A checkpoint is atomic: a crash leaves the log before it or the
//     checkpoint, never a mix.
//   - After the first failed write or fsync the log is poisoned: each later
//     call returns that error, and no fsync is ever retried, because a failed
//     fsync may drop the pages and the next one then succeeds for nothing
//     (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX
//     ATC 2020). A full disk is such an error. Open the log again to go on.
//
// # Format
//
// A segment is a header and frames, integers little-endian:
//
//	header: magic 8 | number 8 | flags 4 | chain 4 | previous end 8 | durable 8 | crc 4
//	frame:  length 4 | crc 4 | chain 4 | synced 8 | payload
//
// Checksums are CRC-32C. A header's chain is the last checksum of the previous
// segment and its previous end that segment's length; a frame's chain is the
// checksum of the frame before it, or the header's. A frame's checksum covers
// its offset, its other fields and its payload, starting from the header's, so
// a frame can be checked on its own and is valid in one place only. A frame is
// a record, or a mark, which has no payload.
//
// # Torn tail or damage
//
// A crash may leave any mix of old and new bytes where nothing had been synced:
// the tail is torn, and is cut at the end of the last good record. A bad byte
// where something had been synced is damage, and is refused with a
// [DamageError]; cutting there would forget what was acknowledged. That a good
// record follows a bad one does not tell them apart (disks write back out of
// order), so the log keeps note of what was synced:
//
//   - A segment gets its name by a rename after its first bytes were synced.
//     Its header says how many, and the header of the segment after it says
//     where it ended. All of that is held to be synced.
//   - Each frame says up to which offset the segment had been synced when the
//     frame was written, and Sync leaves a mark that says so after the fsync.
//     The mark itself is not synced until the next Sync, or Close.
//
// So a flipped byte is refused wherever it strikes, with one exception: in the
// records of the very last Sync before a crash that also lost the mark after
// them (the process died between fsync and mark, or the machine lost power
// before the mark was written back), damage looks like a torn write and is
// cut. After Close, and after Open, there is no such exception.
//
// What the log cannot see in its own files is a loss that takes the witness
// with it: of the newest bytes of the newest segment together with the marks
// after them, of the newest segments whole, or of all files.
package wal
