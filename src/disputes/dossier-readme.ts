import type { DossierMaterial } from './dossier.ts'

/**
 * The text that tells a stranger how to check a dossier with sha256sum, openssl and pdfsig, and what it does not prove.
 * The commands between the lines of dashes are run, as they stand here, by the tests.
 */
export function dossierReadme(material: DossierMaterial): string {
  const { subject, organisation, unanchored } = material
  return `${subject.kind === 'act' ? 'EVIDENCE OF ONE ACT' : 'DOSSIER'} ${material.dossierId}
of ${organisation.name}
about ${subject.kind} ${subject.id}
frozen at ${material.treeSize} entries of the ledger; made ${material.createdAt} by the clock of the service
${material.exportedBy === null ? '' : `MADE BY ${material.exportedBy}; whoever passes it on passes this name on\n`}${unanchored === null ? 'its checkpoint has a timestamp from outside' : `ITS CHECKPOINT HAS NO TIMESTAMP FROM OUTSIDE: ${unanchored}`}

WHAT IS IN IT
  documents/<sha256>.pdf        the files that people were shown: the first bytes of each, as many as "frozenLength" in
                                manifest.json says, have the SHA-256 in its name; time-stamps were added behind them
  entries/<index>/entry.json    an entry of the ledger, byte for byte; it holds salted commitments, no names
  entries/<index>/disclosures.txt   what the entry commits to, one fact a line (RFC 9901); an empty line, or no
                                file, where content was erased
  entries/<index>/receipt.tlog-proof   the proof that was handed out when the entry was made
  entries/<index>/dossier.tlog-proof   the proof of the same entry in the file checkpoint
  entries/<index>/consistency   proof that the ledger of the first proof is the beginning of that of the second
  anchors/<size>/checkpoint     an earlier signed state of the ledger, to which others put their time or signature
  anchors/<size>/01.tsr, ...    timestamps (RFC 3161): 01 is over the checkpoint beside it, each other over the one before
  anchors/<size>/cosigned       the same with the signatures of witnesses (C2SP tlog-cosignature)
  anchors/<size>/consistency    proof that this state is the beginning of that in the file checkpoint
  policy.txt                    which witnesses the organisation named (C2SP tlog-policy); a copy
  verify/verify.html            a verifier for the browser, and verify/verify.py one for Python with openssl: get them
                                from elsewhere if you do not trust whoever gave you this archive
  checkpoint                    the signed state of the whole ledger (C2SP tlog-checkpoint)
  keys/                         public keys; COMPARE THEM with keys you got from elsewhere
  manifest.json                 what each file is

FIRST: THE KEYS
  The keys in this archive prove nothing by themselves: whoever makes an archive can put any key into it. Compare them
  with keys that you have from another source, such as the person's own receipt, an earlier dossier, or the works council.

HOW TO CHECK IT
  In a shell, in the folder where this archive was unpacked. Each block ends without an error when all is well.

1. Nothing in the archive was changed since it was signed
----
sha256sum -c --quiet SHA256SUMS
openssl pkeyutl -verify -pubin -inkey keys/dossier.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
----

2. The checkpoint was signed by the ledger's key
----
work=$(mktemp -d)
head -n 3 checkpoint > "$work/text"
tail -n 1 checkpoint | cut -d ' ' -f 3 | base64 -d | tail -c 64 > "$work/sig"
openssl pkeyutl -verify -pubin -inkey keys/log.pem -rawin -in "$work/text" -sigfile "$work/sig"
----

3. Every entry is in that ledger, at its index (RFC 9162 section 2.1.3.2)
----
work=$(mktemp -d)
check_entry() {
  index=$(sed -n 's/^index //p' "$1/dossier.tlog-proof")
  last=$(( $(sed -n 2p checkpoint) - 1 ))
  { printf '\\000'; cat "$1/entry.json"; } | openssl dgst -sha256 -binary > "$work/node"
  sed '1,/^index /d;/^$/,$d' "$1/dossier.tlog-proof" | while read -r hash; do
    printf '%s' "$hash" | base64 -d > "$work/sibling"
    if [ $((index % 2)) -eq 1 ] || [ "$index" -eq "$last" ]; then
      { printf '\\001'; cat "$work/sibling" "$work/node"; } | openssl dgst -sha256 -binary > "$work/parent"
      while [ $((index % 2)) -eq 0 ] && [ "$index" -ne 0 ]; do index=$((index / 2)); last=$((last / 2)); done
    else
      { printf '\\001'; cat "$work/node" "$work/sibling"; } | openssl dgst -sha256 -binary > "$work/parent"
    fi
    mv "$work/parent" "$work/node"; index=$((index / 2)); last=$((last / 2))
  done
  [ "$(base64 -w 0 "$work/node")" = "$(sed -n 3p checkpoint)" ] || { echo "$1 is NOT in the ledger"; return 1; }
}
for folder in entries/*; do check_entry "$folder" || exit 1; done
----

4. Every disclosed fact is one that its entry commits to
----
for folder in entries/*; do
  [ -f "$folder/disclosures.txt" ] || continue
  while read -r line; do
    [ -n "$line" ] || continue
    digest=$(printf '%s' "$line" | openssl dgst -sha256 -binary | base64 -w 0 | tr '+/' '-_' | tr -d '=')
    grep -q -- "\\"$digest\\"" "$folder/entry.json" || { echo "$folder discloses something else"; exit 1; }
  done < "$folder/disclosures.txt"
done
----
  To read the facts of one entry:
    tr '_-' '/+' < entries/<index>/disclosures.txt | while read -r l; do printf '%s' "$l===" | base64 -d 2>/dev/null; echo; done

5. Every document begins with exactly what people were shown, and is sealed
----
for file in documents/*.pdf; do
  sha=$(basename "$file" .pdf)
  length=$(grep -o '"file":"documents/'"$sha"'.pdf","frozenLength":[0-9]*' manifest.json | grep -o '[0-9]*$')
  [ "$(head -c "$length" "$file" | sha256sum | cut -c 1-64)" = "$sha" ] || { echo "$file is not what was shown"; exit 1; }
  pdfsig "$file" 2>/dev/null | grep -q 'Signature is Valid' || { echo "$file has no valid seal"; exit 1; }
done
----
  The seal's certificate leads to keys/root.pem. A root whose name says DEVELOPMENT is made by the service itself
  and is trusted by nobody else.

6. Each time-stamp inside a document is over everything before it
----
work=$(mktemp -d)
for file in documents/*.pdf; do
  grep -a -o '/SubFilter /ETSI.RFC3161' "$file" > /dev/null || continue
  grep -a -A 2 '^/SubFilter /ETSI.RFC3161' "$file" | grep -a '^/ByteRange' | tr -d '[]' | while read -r _ _ first second rest; do
    { head -c "$first" "$file"; tail -c +$((second + 1)) "$file" | head -c "$rest"; } > "$work/covered"
    tail -c +$((first + 2)) "$file" | head -c $((second - first - 2)) | tr a-f A-F | basenc --base16 -d > "$work/token"
    openssl ts -verify -token_in -in "$work/token" -data "$work/covered" -CAfile keys/tsa-roots.pem >/dev/null 2>&1 ||
      { echo "a time-stamp in $file does not hold"; exit 1; }
  done || exit 1
done
----
  To read when one was made, and by whom: openssl ts -reply -token_in -in TOKEN -text. What no time-stamp covers is
  the tail with data for checking the last one.

7. Each timestamp is over what it stands beside
----
for folder in anchors/*; do
  [ -d "$folder" ] || continue
  over="$folder/checkpoint"
  for token in "$folder"/*.tsr; do
    [ -f "$token" ] || continue
    openssl ts -verify -in "$token" -data "$over" -CAfile keys/tsa-roots.pem >/dev/null 2>&1 || { echo "$token does not fit $over"; exit 1; }
    over="$token"
  done
done
----
  To read when a timestamp was made, and by whom: openssl ts -reply -in anchors/<size>/01.tsr -text
  An entry was in the ledger by the time of the first timestamp on a size above its index, and was added after the last
  timestamp on a size at or below its index. A certificate that has ended since: add -attime with a moment it was valid.

ALL OF IT AT ONCE
  python3 verify/verify.py --trust <folder with keys you have from elsewhere> <this archive>
  or open verify/verify.html in a browser, offline, and drop this archive and the keys on it.

WHAT THIS DOES NOT PROVE
  - Whose hand it was. The fact "assurance" of an act says how the person was known. "mailbox-employer" means: a link was
    sent to a mailbox that the employer manages. "passkey-bound" means: the key of a device signed exactly this sentence
    and these document hashes; that shows that a device on which this key was made was unlocked, not by itself by whom. A
    key that says it can be copied may exist on more than one device. Whose key it was stands in the entry
    "signing-credential-enrolled"; what ended it in "signing-credential-revoked" and "signing-reset". The verifiers check
    all of that again; so can you, with any tool that verifies WebAuthn.
  - When it happened to the second: the times in entries are those of the service's own clock. What others confirm is
    the time between two timestamps. A timestamp of a DEVELOPMENT authority confirms nothing to anybody.
  - That nothing was left out. A dossier shows entries that are in the ledger; it does not show that the service
    disclosed every entry about this ${subject.kind}. The
    acts of one person are numbered, so a missing one shows in a dossier about that person.
  - That the ledger had no second version. Compare the checkpoint with receipts that others hold: two signed
    checkpoints of one size with different roots prove that the service told two stories.
  - That a text is lawful or binding.
`
}
