;; Finds the quotes that open and close the strings of a JSON text, 64 bytes at a time.
;;
;; Most of a large request is string content full of escapes. Walking it byte by byte in JavaScript costs more than
;; everything else that is done with a request; here each block becomes a few 64-bit masks, one bit for each byte, and
;; what a byte means to its neighbours (an escape, a quote that does not count, a digit of \u) is arithmetic on masks.
;;
;; The host copies a window of the text to address 0, calls `mark`, and reads positions from address 65536 on. The
;; results hold for the text up to its first error: outside of strings a backslash is an error to the host's scanner.
;; That is why a problem found here is only a hint to walk the text again, byte by byte, to say what is wrong and where.
;;
;; string-marks.wasm.ts holds this module compiled; `pnpm build:simd` in packages/protocol writes it anew.
(module
  ;; 1 page for the window, 4 for the positions of a window that is nothing but quotes, 1 for the end mark.
  (memory (export "memory") 6)

  ;; length  bytes in the window, at most 65536; a multiple of 64 unless it is the last window of a text
  ;; base    index in the text of the window's first byte; it is added to every position
  ;; state   what the call for the window before returned, without a problem; 0 for the first window
  ;;
  ;; Writes the positions of all quotes that are not escaped, as i32, and 0x7fffffff behind the last one.
  ;;
  ;; Returns the state at the window's end:
  ;;   bit 0     the next byte is escaped
  ;;   bit 1     the next byte is inside a string
  ;;   bit 2..5  the next byte, the one after it, and so on, has to be a digit of \u
  ;;   bit 6     a problem was found in this window: an unknown escape, \u without its four digits, or a byte below
  ;;             0x20 inside a string; the windows behind it need no marks then
  (func (export "mark") (param $length i32) (param $base i32) (param $state i32) (result i32)
    (local $at i32)           ;; first byte of the block
    (local $out i32)          ;; where the next position goes
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) ;; the block
    (local $anyQuote i64)     ;; quotes, escaped ones too
    (local $backslash i64)
    (local $run i64)          ;; backslashes that are not escaped from the block before
    (local $active i64)       ;; backslashes that begin an escape
    (local $escaped i64)      ;; bytes behind those
    (local $quote i64)        ;; quotes that open or close a string
    (local $unicode i64)      ;; each `u` of a \u
    (local $digit i64)        ;; bytes that have to be a digit of \u
    (local $inside i64)       ;; bytes inside of strings
    (local $bad i64)          ;; collects problems of all blocks
    (local $escapeCarry i64)  ;; 1 where the block's first byte is escaped
    (local $digitCarry i64)   ;; the block's first bytes that have to be a digit of \u
    (local $stringCarry i64)  ;; all ones where the block begins inside a string

    (local.set $out (i32.const 65536))
    (local.set $escapeCarry (i64.extend_i32_u (i32.and (local.get $state) (i32.const 1))))
    (local.set $stringCarry
      (i64.sub (i64.const 0) (i64.extend_i32_u (i32.and (i32.shr_u (local.get $state) (i32.const 1)) (i32.const 1)))))
    (local.set $digitCarry
      (i64.extend_i32_u (i32.and (i32.shr_u (local.get $state) (i32.const 2)) (i32.const 15))))

    ;; The last block is filled up with spaces, which are nothing to any of the masks. No position is written yet, so
    ;; that they may stand in the way of the first ones.
    (memory.fill (local.get $length) (i32.const 0x20) (i32.const 64))

    (block $end
      (loop $blocks
        (br_if $end (i32.ge_u (local.get $at) (local.get $length)))

        (local.set $a (v128.load (local.get $at)))
        (local.set $b (v128.load offset=16 (local.get $at)))
        (local.set $c (v128.load offset=32 (local.get $at)))
        (local.set $d (v128.load offset=48 (local.get $at)))

        (local.set $anyQuote
          (i64.or
            (i64.extend_i32_u (i32.or
              (i8x16.bitmask (i8x16.eq (local.get $a) (i8x16.splat (i32.const 0x22))))
              (i32.shl (i8x16.bitmask (i8x16.eq (local.get $b) (i8x16.splat (i32.const 0x22)))) (i32.const 16))))
            (i64.shl
              (i64.extend_i32_u (i32.or
                (i8x16.bitmask (i8x16.eq (local.get $c) (i8x16.splat (i32.const 0x22))))
                (i32.shl (i8x16.bitmask (i8x16.eq (local.get $d) (i8x16.splat (i32.const 0x22)))) (i32.const 16))))
              (i64.const 32))))
        (local.set $backslash
          (i64.or
            (i64.extend_i32_u (i32.or
              (i8x16.bitmask (i8x16.eq (local.get $a) (i8x16.splat (i32.const 0x5c))))
              (i32.shl (i8x16.bitmask (i8x16.eq (local.get $b) (i8x16.splat (i32.const 0x5c)))) (i32.const 16))))
            (i64.shl
              (i64.extend_i32_u (i32.or
                (i8x16.bitmask (i8x16.eq (local.get $c) (i8x16.splat (i32.const 0x5c))))
                (i32.shl (i8x16.bitmask (i8x16.eq (local.get $d) (i8x16.splat (i32.const 0x5c)))) (i32.const 16))))
              (i64.const 32))))

        ;; Which backslashes begin an escape? In a run of them the first, the third, the fifth, and so on; but bits do
        ;; not know where their run began. Subtraction tells them. Take the run shifted up by one bit, set all odd bits
        ;; as well, and subtract the run. Shifted minus unshifted leaves the run as it was, all ones. Where it began at
        ;; an odd bit, that bit was set in addition, and it carries through these ones: all zeros. So a run is now ones
        ;; if it began at an even bit, zeros if at an odd one, and an exclusive or with the odd bits turns both into
        ;; every second bit, beginning with the run's first. Runs do not touch, so that no carry leaves its own.
        ;;
        ;; A run that goes on in the next block hands over one bit: whether the next byte is escaped. If it is, it is
        ;; taken out of its own block's run.
        (local.set $run
          (i64.and (local.get $backslash) (i64.xor (local.get $escapeCarry) (i64.const -1))))
        (local.set $active
          (i64.and
            (local.get $run)
            (i64.xor
              (i64.sub
                (i64.or (i64.shl (local.get $run) (i64.const 1)) (i64.const 0xaaaaaaaaaaaaaaaa))
                (local.get $run))
              (i64.const 0xaaaaaaaaaaaaaaaa))))
        (local.set $escaped (i64.or (i64.shl (local.get $active) (i64.const 1)) (local.get $escapeCarry)))
        (local.set $escapeCarry (i64.shr_u (local.get $active) (i64.const 63)))
        (local.set $quote (i64.and (local.get $anyQuote) (i64.xor (local.get $escaped) (i64.const -1))))

        (block $escapesChecked
          (br_if $escapesChecked (i64.eqz (i64.or (local.get $escaped) (local.get $digitCarry))))

          ;; Nearly all escapes are \" \\ and \n: one more comparison spares most blocks the rest.
          (br_if $escapesChecked (i64.eqz (i64.or (local.get $digitCarry) (i64.and (local.get $escaped) (i64.xor
            (i64.const -1)
            (i64.or
              (i64.or (local.get $anyQuote) (local.get $backslash))
              (i64.or
                (i64.extend_i32_u (i32.or
                  (i8x16.bitmask (i8x16.eq (local.get $a) (i8x16.splat (i32.const 0x6e))))
                  (i32.shl (i8x16.bitmask (i8x16.eq (local.get $b) (i8x16.splat (i32.const 0x6e)))) (i32.const 16))))
                (i64.shl
                  (i64.extend_i32_u (i32.or
                    (i8x16.bitmask (i8x16.eq (local.get $c) (i8x16.splat (i32.const 0x6e))))
                    (i32.shl (i8x16.bitmask (i8x16.eq (local.get $d) (i8x16.splat (i32.const 0x6e)))) (i32.const 16))))
                  (i64.const 32)))))))))

          ;; Every byte that may stand behind a backslash, by two table look-ups: the first table gives, for the low
          ;; half of a byte, the rows in which such a byte stands; the second gives the row of its high half.
          ;; Row 2 (bit 1) has " and /, row 5 (bit 2) has \, row 6 (bit 4) has b f n, row 7 (bit 8) has r t u.
          (local.set $bad (i64.or (local.get $bad) (i64.and (local.get $escaped) (i64.xor
            (i64.const -1)
            (i64.or
              (i64.extend_i32_u (i32.or
                (i8x16.bitmask (i8x16.ne (v128.const i32x4 0 0 0 0) (v128.and
                  (i8x16.swizzle (v128.const i8x16 0 0 13 0 8 8 4 0 0 0 0 0 2 0 4 1) (v128.and (local.get $a) (i8x16.splat (i32.const 15))))
                  (i8x16.swizzle (v128.const i8x16 0 0 1 0 0 2 4 8 0 0 0 0 0 0 0 0) (i8x16.shr_u (local.get $a) (i32.const 4))))))
                (i32.shl (i8x16.bitmask (i8x16.ne (v128.const i32x4 0 0 0 0) (v128.and
                  (i8x16.swizzle (v128.const i8x16 0 0 13 0 8 8 4 0 0 0 0 0 2 0 4 1) (v128.and (local.get $b) (i8x16.splat (i32.const 15))))
                  (i8x16.swizzle (v128.const i8x16 0 0 1 0 0 2 4 8 0 0 0 0 0 0 0 0) (i8x16.shr_u (local.get $b) (i32.const 4))))))
                  (i32.const 16))))
              (i64.shl
                (i64.extend_i32_u (i32.or
                  (i8x16.bitmask (i8x16.ne (v128.const i32x4 0 0 0 0) (v128.and
                    (i8x16.swizzle (v128.const i8x16 0 0 13 0 8 8 4 0 0 0 0 0 2 0 4 1) (v128.and (local.get $c) (i8x16.splat (i32.const 15))))
                    (i8x16.swizzle (v128.const i8x16 0 0 1 0 0 2 4 8 0 0 0 0 0 0 0 0) (i8x16.shr_u (local.get $c) (i32.const 4))))))
                  (i32.shl (i8x16.bitmask (i8x16.ne (v128.const i32x4 0 0 0 0) (v128.and
                    (i8x16.swizzle (v128.const i8x16 0 0 13 0 8 8 4 0 0 0 0 0 2 0 4 1) (v128.and (local.get $d) (i8x16.splat (i32.const 15))))
                    (i8x16.swizzle (v128.const i8x16 0 0 1 0 0 2 4 8 0 0 0 0 0 0 0 0) (i8x16.shr_u (local.get $d) (i32.const 4))))))
                    (i32.const 16))))
                (i64.const 32)))))))

          (local.set $unicode
            (i64.and (local.get $escaped) (i64.or
              (i64.extend_i32_u (i32.or
                (i8x16.bitmask (i8x16.eq (local.get $a) (i8x16.splat (i32.const 0x75))))
                (i32.shl (i8x16.bitmask (i8x16.eq (local.get $b) (i8x16.splat (i32.const 0x75)))) (i32.const 16))))
              (i64.shl
                (i64.extend_i32_u (i32.or
                  (i8x16.bitmask (i8x16.eq (local.get $c) (i8x16.splat (i32.const 0x75))))
                  (i32.shl (i8x16.bitmask (i8x16.eq (local.get $d) (i8x16.splat (i32.const 0x75)))) (i32.const 16))))
                (i64.const 32)))))
          (br_if $escapesChecked (i64.eqz (i64.or (local.get $unicode) (local.get $digitCarry))))

          ;; The four bytes behind each u have to be digits; what is shifted out at the top is the next block's.
          (local.set $digit
            (i64.or
              (local.get $digitCarry)
              (i64.or
                (i64.or (i64.shl (local.get $unicode) (i64.const 1)) (i64.shl (local.get $unicode) (i64.const 2)))
                (i64.or (i64.shl (local.get $unicode) (i64.const 3)) (i64.shl (local.get $unicode) (i64.const 4))))))
          (local.set $digitCarry
            (i64.or
              (i64.or (i64.shr_u (local.get $unicode) (i64.const 63)) (i64.shr_u (local.get $unicode) (i64.const 62)))
              (i64.or (i64.shr_u (local.get $unicode) (i64.const 61)) (i64.shr_u (local.get $unicode) (i64.const 60)))))
          ;; 0..9, or a..f once the bit is set that makes a letter lower case.
          (local.set $bad (i64.or (local.get $bad) (i64.and (local.get $digit) (i64.xor
            (i64.const -1)
            (i64.or
              (i64.extend_i32_u (i32.or
                (i8x16.bitmask (v128.or
                  (i8x16.le_u (i8x16.sub (local.get $a) (i8x16.splat (i32.const 0x30))) (i8x16.splat (i32.const 9)))
                  (i8x16.le_u (i8x16.sub (v128.or (local.get $a) (i8x16.splat (i32.const 0x20))) (i8x16.splat (i32.const 0x61))) (i8x16.splat (i32.const 5)))))
                (i32.shl (i8x16.bitmask (v128.or
                  (i8x16.le_u (i8x16.sub (local.get $b) (i8x16.splat (i32.const 0x30))) (i8x16.splat (i32.const 9)))
                  (i8x16.le_u (i8x16.sub (v128.or (local.get $b) (i8x16.splat (i32.const 0x20))) (i8x16.splat (i32.const 0x61))) (i8x16.splat (i32.const 5)))))
                  (i32.const 16))))
              (i64.shl
                (i64.extend_i32_u (i32.or
                  (i8x16.bitmask (v128.or
                    (i8x16.le_u (i8x16.sub (local.get $c) (i8x16.splat (i32.const 0x30))) (i8x16.splat (i32.const 9)))
                    (i8x16.le_u (i8x16.sub (v128.or (local.get $c) (i8x16.splat (i32.const 0x20))) (i8x16.splat (i32.const 0x61))) (i8x16.splat (i32.const 5)))))
                  (i32.shl (i8x16.bitmask (v128.or
                    (i8x16.le_u (i8x16.sub (local.get $d) (i8x16.splat (i32.const 0x30))) (i8x16.splat (i32.const 9)))
                    (i8x16.le_u (i8x16.sub (v128.or (local.get $d) (i8x16.splat (i32.const 0x20))) (i8x16.splat (i32.const 0x61))) (i8x16.splat (i32.const 5)))))
                    (i32.const 16))))
                (i64.const 32)))))))
        )

        ;; Bytes below 0x20 are fine between strings, as the line breaks and tabs of a pretty-printed text. A byte is
        ;; inside of a string where the number of quotes before it is odd: an exclusive or over all lower bits, by
        ;; doubling the distance each time.
        (if (v128.any_true (i8x16.le_u
              (i8x16.min_u (i8x16.min_u (local.get $a) (local.get $b)) (i8x16.min_u (local.get $c) (local.get $d)))
              (i8x16.splat (i32.const 0x1f))))
          (then
            (local.set $inside (i64.xor (local.get $quote) (i64.shl (local.get $quote) (i64.const 1))))
            (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 2))))
            (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 4))))
            (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 8))))
            (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 16))))
            (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 32))))
            (local.set $bad (i64.or (local.get $bad) (i64.and
              (i64.xor (local.get $inside) (local.get $stringCarry))
              (i64.or
                (i64.extend_i32_u (i32.or
                  (i8x16.bitmask (i8x16.le_u (local.get $a) (i8x16.splat (i32.const 0x1f))))
                  (i32.shl (i8x16.bitmask (i8x16.le_u (local.get $b) (i8x16.splat (i32.const 0x1f)))) (i32.const 16))))
                (i64.shl
                  (i64.extend_i32_u (i32.or
                    (i8x16.bitmask (i8x16.le_u (local.get $c) (i8x16.splat (i32.const 0x1f))))
                    (i32.shl (i8x16.bitmask (i8x16.le_u (local.get $d) (i8x16.splat (i32.const 0x1f)))) (i32.const 16))))
                  (i64.const 32))))))))
        (local.set $stringCarry
          (i64.xor (local.get $stringCarry)
            (i64.sub (i64.const 0) (i64.and (i64.popcnt (local.get $quote)) (i64.const 1)))))

        ;; One position for each bit, lowest first.
        (block $positionsWritten
          (br_if $positionsWritten (i64.eqz (local.get $quote)))
          (loop $positions
            (i32.store (local.get $out)
              (i32.add (i32.add (local.get $base) (local.get $at)) (i32.wrap_i64 (i64.ctz (local.get $quote)))))
            (local.set $out (i32.add (local.get $out) (i32.const 4)))
            (local.set $quote (i64.and (local.get $quote) (i64.sub (local.get $quote) (i64.const 1))))
            (br_if $positions (i64.ne (local.get $quote) (i64.const 0)))))

        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $blocks)))

    (i32.store (local.get $out) (i32.const 0x7fffffff))
    (i32.or
      (i32.or
        (i32.wrap_i64 (local.get $escapeCarry))
        (i32.and (i32.wrap_i64 (local.get $stringCarry)) (i32.const 2)))
      (i32.or
        (i32.shl (i32.wrap_i64 (local.get $digitCarry)) (i32.const 2))
        (i32.shl (i64.ne (local.get $bad) (i64.const 0)) (i32.const 6)))))
)
