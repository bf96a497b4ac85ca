#!/usr/bin/env python3
"""Checks Beding evidence offline: a dossier (ZIP, beding-dossier/v2), a *.tlog-proof, or a sealed PDF.

    python3 verify.py [--trust DIR] FILE...

DIR holds what you relied on before you saw any FILE: log.vkey, dossier.pem, root.pem, tsa-roots.pem, policy.txt (or *.vkey,
*.dossier.pem, *root.pem, *.tsa-roots.pem, *.policy.txt). Nothing inside a FILE adds to it. Exit status: 0 every check of
every file PASSED, 1 otherwise, 2 wrong usage. Needs Python 3.9 and the openssl command; shares no code with the service.

Written from RFC 9162 (Merkle trees), RFC 8032 (Ed25519), RFC 8785 (JSON), RFC 9901 (disclosures), RFC 3161 (time-stamps)
and C2SP signed-note, tlog-checkpoint, tlog-proof, tlog-cosignature, tlog-policy. It does NOT check: certificate revocation;
that the update which seals a PDF leaves its pages as they were; the printed words of a PDF; the form of single facts.
"""
import argparse, base64, contextlib, functools, hashlib, json, os, re, struct, subprocess, sys, tempfile, zlib
from datetime import datetime, timedelta, timezone

NAME, HASH, UUID = r"[!-*,-~]{1,255}", r"[0-9a-f]{64}", r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

class Refused(Exception):
    """What was read is wrong: the check has FAILED."""

class Undecided(Exception):
    """Nothing wrong was found, but what would decide is not there: the check is INDETERMINATE."""

def demand(condition, sentence):
    if not condition:
        raise Refused(sentence)

# --- text, numbers and JSON, each in its one form

def match(pattern, text, what):
    found = isinstance(text, str) and re.fullmatch(pattern, text, re.ASCII)
    demand(found, f"{what} does not have its form")
    return found

def unbase64(text, alphabet="+/"):
    """The bytes of canonical base64; with the alphabet "-_", of base64url without padding."""
    padded = text if alphabet == "+/" else text + "=" * (-len(text) % 4)
    data = base64.b64decode(padded, alphabet.encode(), validate=True)
    demand(base64.b64encode(data, alphabet.encode()).decode() == padded, "a base64 text is not canonical")
    return data

def whole(number):
    """A size or index, from its decimal text or out of JSON; refused above 2^53-1."""
    number = int(match(r"0|[1-9][0-9]{0,15}", number, "a number")[0]) if isinstance(number, str) else number
    demand(type(number) is int and 0 <= number < 2**53, "a size or index is not a whole number below 2^53")
    return number

def moment(text):
    match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text, "a moment")
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)

def canonical(value):
    """JSON as RFC 8785 writes it; of numbers, only whole ones below 2^53 have a place here."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    demand(not isinstance(value, float) and (not isinstance(value, int) or abs(value) < 2**53), "a number is not whole")
    return json.dumps(value, ensure_ascii=False)

def read_json(data, names=None):
    """A value whose bytes are its canonical form; with names, an object of exactly these."""
    value = json.loads(data.decode("utf-8"))
    demand(canonical(value).encode("utf-8") == data, "the JSON is not in its canonical form")
    return value if names is None else members(value, names)

def members(value, names):
    demand(isinstance(value, dict) and set(value) == set(names.split()), f"this is not exactly {names}")
    return value

def lines(data):
    text = data.decode("utf-8")
    demand(text == "" or text.endswith("\n"), "the last line has no newline")
    return text.split("\n")[:-1]

# --- Ed25519 (RFC 8032 section 5.1) by the strict rule: points and S canonical, no key or R of low order, no cofactor

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def point(data):
    """Decodes a point to extended coordinates. Refuses a second spelling and the eight points of low order."""
    demand(len(data) == 32, "a point is not 32 bytes")
    sign, y = data[31] >> 7, int.from_bytes(data, "little") & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    demand(y < P and x * x % P == square, "a point is not on the curve or not canonical")
    x = P - x if x & 1 != sign else x
    demand(times(8, (x, y, 1, x * y % P))[0] % P != 0, "a point has low order")
    return x, y, 1, x * y % P

def plus(one, two):
    a, b = (one[1] - one[0]) * (two[1] - two[0]), (one[1] + one[0]) * (two[1] + two[0])
    c, d = 2 * one[3] * two[3] * D, 2 * one[2] * two[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(number, base):
    total = (0, 1, 1, 0)
    while number:
        total = plus(total, base) if number & 1 else total
        base, number = plus(base, base), number >> 1
    return total

BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

@functools.lru_cache(maxsize=4096)
def ed25519(key, message, signature):
    """Refuses unless [S]B = R + [k]A."""
    demand(len(signature) == 64, "the signature is not 64 bytes")
    s = int.from_bytes(signature[32:], "little")
    demand(s < L, "the signature is not canonical")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, BASE), plus(point(signature[:32]), times(k, point(key)))
    demand(all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1)), "the signature is wrong")

# --- Merkle trees (RFC 9162 section 2.1)

def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def fold(position, last, start, path):
    """
    The loop of RFC 9162 sections 2.1.3.2 and 2.1.4.2: climbs from `position` to the root of the tree whose last leaf is
    `last`. Returns the root, and what all siblings on the left alone lead to: the root of the tree that ended there.
    """
    new = old = start
    for node in path:
        demand(last > 0 and len(node) == 32, "the proof has too many hashes or a short one")
        if position & 1 or position == last:
            new, old = sha256(b"\1", node, new), sha256(b"\1", node, old)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new = sha256(b"\1", new, node)
        position, last = position >> 1, last >> 1
    demand(last == 0, "the proof has too few hashes")
    return new, old

def inclusion(index, size, path, leaf, root):
    demand(0 <= index < size < 2**53, "the index lies outside the tree, or a size is above 2^53-1")
    demand(len(root) == 32 and fold(index, size - 1, leaf, path)[0] == root, "the proof does not lead from the entry to the root")

def consistency(first, second, path, first_root, second_root):
    """Nothing continues an empty tree; a tree continues itself without a proof."""
    demand(0 < first <= second < 2**53, "the earlier tree is empty or the larger one, or a size is above 2^53-1")
    if first == second:
        return demand(not path and first_root == second_root, "there are two roots for one size")
    start, *path = [first_root, *path] if first & (first - 1) == 0 else path
    position, last = first - 1, second - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    same = fold(position, last, start, path) == (second_root, first_root)
    demand(same, "one tree is not the beginning of the other")

# --- C2SP notes, proofs and policies

def verifier_key(text, kind):
    """(name, key hash, key) of name+hash+base64(kind, key)."""
    name, short, typed = match(rf"({NAME})\+([0-9a-f]{{8}})\+([A-Za-z0-9+/=]{{44}})\n?", text, "a verifier key").groups()
    typed = unbase64(typed)
    demand(typed[0] == kind and sha256(name.encode(), b"\n", typed)[:4].hex() == short, "a verifier key is of another type")
    point(typed[1:])
    return name, bytes.fromhex(short), typed[1:]

def read_note(note):
    """A checkpoint: three lines, a blank one, one signature under the name of its origin."""
    form = rf"(({NAME})\n([0-9]+)\n([A-Za-z0-9+/]{{43}}=)\n)\n\u2014 ({NAME}) ([A-Za-z0-9+/=]{{92}})\n"
    text, origin, size, root, signer, signature = match(form, note, "the checkpoint").groups()
    demand(signer == origin and len(unbase64(signature)) == 68, "the checkpoint is signed under another name")
    root, signature = unbase64(root), unbase64(signature)
    return {"origin": origin, "size": whole(size), "root": root, "text": text, "signature": signature, "note": note}

def read_proof(data):
    """(entry, index, path, note) of a tlog-proof that carries its entry."""
    head, _, note = data.decode("utf-8").partition("\n\n")
    form = r"c2sp\.org/tlog-proof@v1\nextra (\S+)\nindex ([0-9]+)((?:\n[A-Za-z0-9+/]{43}=){0,53})"
    extra, index, path = match(form, head, "the proof").groups()
    return unbase64(extra), whole(index), [unbase64(line) for line in path.split("\n")[1:]], note

def read_policy(text):
    """A witness policy: log keys, witnesses and groups by name, and the name of the quorum."""
    policy = {"logs": [], "witnesses": {}, "groups": {}, "quorum": None}
    for line in text.split("\n"):
        word, *rest = line.split() or ["#"]
        known = {*policy["witnesses"], *policy["groups"]}
        demand(word not in ("witness", "group") or rest[0] not in known | {"none"}, "the policy uses a name twice")
        if word == "log":
            policy["logs"].append(verifier_key(rest[0], 1))
        elif word == "witness":
            policy["witnesses"][rest[0]] = verifier_key(rest[1], 4)
        elif word == "group":
            count = {"any": 1, "all": len(rest) - 2}.get(rest[1]) or whole(rest[1])
            demand(set(rest[2:]) <= known and 0 < count <= len(set(rest[2:])), "a group of the policy is wrong")
            policy["groups"][rest[0]] = (count, rest[2:])
        elif word == "quorum":
            demand(policy["quorum"] is None and rest[0] in known | {"none"}, "the quorum of the policy is wrong")
            policy["quorum"] = rest[0]
        else:
            demand(word.startswith("#"), f"the policy has an unknown line: {word}")
    demand(policy["quorum"], "the policy has no quorum")
    return policy

def reached(policy, name, signed):
    """Whether a witness signed, or enough members of a group did."""
    if name == "none" or name in policy["witnesses"]:
        return name == "none" or name in signed
    count, names = policy["groups"][name]
    return sum(reached(policy, each, signed) for each in names) >= count

def cosigners(cosigned, checkpoint, policy):
    """Names of the policy's witnesses that cosigned a checkpoint; a wrong cosignature of one of them is refused."""
    demand(cosigned.startswith(checkpoint["note"].encode()), "another checkpoint was cosigned")
    found = []
    for line in lines(cosigned[len(checkpoint["note"].encode()) :]):
        name, signature = match(rf"\u2014 ({NAME}) ([A-Za-z0-9+/=]{{104}})", line, "a cosignature").groups()
        signature = unbase64(signature)
        message = f"cosignature/v1\ntime {int.from_bytes(signature[4:12], 'big')}\n{checkpoint['text']}"
        for witness, (key_name, short, key) in policy["witnesses"].items():
            if (key_name, short) == (name, signature[:4]):
                ed25519(key, message.encode(), signature[12:])
                demand(witness not in found, "a witness cosigned twice")
                found.append(witness)
    return found

# --- openssl: X.509, CMS and RFC 3161

SHA256_OID = bytes.fromhex("0609608648016503040201")

@functools.lru_cache(maxsize=4096)
def openssl(command, **files):
    """Runs openssl in a folder that holds these files. Refuses unless it says yes; returns its file `out`."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        clean = {"PATH": os.environ.get("PATH", ""), "OPENSSL_CONF": os.devnull, "LC_ALL": "C"}
        run = subprocess.run(["openssl", *command.split()], cwd=folder, env=clean, capture_output=True, timeout=60)
        reason = run.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        demand(run.returncode == 0, f"openssl {command.split()[0]}: {reason}")
        with contextlib.suppress(FileNotFoundError), open(os.path.join(folder, "out"), "rb") as file:
            return file.read()

def der(data):
    """The elements of DER, one after the other: (tag, content, whole element)."""
    found, at = [], 0
    while at < len(data):
        length, start = data[at + 1], at + 2
        if length >= 128:
            start += length & 127
            length = int.from_bytes(data[at + 2 : start], "big")
        demand(start + length <= len(data), "the DER is cut off")
        found.append((data[at], data[start : start + length], data[at : start + length]))
        at = start + length
    return found

def inside(data, *way):
    """Follows positions into nested DER and returns the elements there."""
    elements = der(data)
    for position in way:
        elements = der(elements[position][1])
    return elements

def pem_blocks(data, label):
    form = rf"-----BEGIN {label}-----\n([A-Za-z0-9+/=\n]+)-----END {label}-----\n?"
    demand(re.fullmatch(rf"(?:{form})*", data.decode("ascii")), f"this is not PEM of {label} only")
    return [unbase64(body.replace("\n", "")) for body in re.findall(form, data.decode("ascii"))]

def pem(certificates):
    form = "-----BEGIN CERTIFICATE-----\n%s-----END CERTIFICATE-----\n"
    return "".join(form % base64.encodebytes(each).decode() for each in certificates).encode()

def token_time(response):
    """genTime of a time-stamp response over a SHA-256 (RFC 3161 section 2.4.2)."""
    (octets,) = inside(response, 0, 1, 1, 0, 2, 1)
    imprint, _, time = inside(octets[1], 0)[2:5]
    demand(inside(imprint[1], 0)[0][2] == SHA256_OID, "the token is not over a SHA-256")
    text = match(r"(\d{14})(?:\.(\d{1,6}))?Z", time[1].decode("ascii"), "the time of the token")
    return datetime.strptime(f"{text[1]}.{text[2] or 0}", "%Y%m%d%H%M%S.%f").replace(tzinfo=timezone.utc)

def token(response, covered, roots, renewed_at):
    """
    The time and the root of a token over these bytes. openssl demands the imprint, the signature, the critical and only
    purpose timeStamping, and a chain that is valid at the token's time and still at that of its renewal.
    """
    if not roots:
        raise Undecided("no root of a time-stamping authority is pinned")
    time, reason = token_time(response), None
    for root in roots:
        try:
            for at in (time, renewed_at or time):
                command = f"ts -verify -in token -data covered -CAfile root -attime {int(at.timestamp())}"
                openssl(command, token=response, covered=covered, root=pem([root]))
            return time, root
        except Refused as refusal:
            reason = refusal
    raise reason

def is_development(root):
    """Whether the common name of a root says that it is for development only."""
    names = re.findall(rb"\x06\x03\x55\x04\x03[\x0c\x13\x16](.)(.*)", root, re.DOTALL)
    return any(b"development" in text[: length[0]].lower() for length, text in names)

# --- sealed PDF: PAdES, a CMS over all bytes of the file but its own

CMS_START = bytes.fromhex("020101310d300b0609608648016503040201300b06092a864886f70d010701")
SIGNER_PARTS = bytes.fromhex("020101300b0609608648016503040201300a06082a8648ce3d040302")

def seal(data, roots):
    """Checks the seal; returns where the update that added it begins, and the sealer's id if its certificate has one."""
    start = data.rindex(b"%%EOF\n", 0, -6) + 6
    (found,) = re.finditer(rb"/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10}) *\] *\n/Contents <", data[start:])
    (time,) = re.findall(rb"/M \(D:(\d{14})(?:Z|\+00'00'?)\)", data[start:])
    before, after, rest = map(int, found.groups())
    fits = before == start + found.end() - 1 and after + rest == len(data) and data.endswith(b"%%EOF\n")
    demand(fits and re.fullmatch(rb"<(?:[0-9a-f]{2})+>", data[before:after]), "the seal does not cover the whole file")
    raw = bytes.fromhex(data[before + 1 : after - 1].decode())
    end = 4 + int.from_bytes(raw[2:4], "big")
    demand(raw[:2] == b"\x30\x82" and end <= len(raw) and not any(raw[end:]), "bytes are hidden behind the seal")
    version, digests, content, _, signers = inside(raw[:end], 0, 1, 0)
    parts = inside(signers[1], 0)
    demand(version[2] + digests[2] + content[2] == CMS_START, "the CMS has another form than that of a seal")
    demand(len(parts) == 6 and b"".join(parts[i][2] for i in (0, 2, 4)) == SIGNER_PARTS, "the signer has another form")
    if not roots:
        raise Undecided("no root is pinned, so nothing says whose seal this is")
    claimed = datetime.strptime(time.decode(), "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    command = "cms -verify -binary -inform DER -in cms -content covered -CAfile roots -purpose any -signer out"
    command += f" -out content -attime {int(claimed.timestamp())}"
    signer = openssl(command, cms=raw[:end], covered=data[:before] + data[after:], roots=pem(roots))
    (leaf,) = pem_blocks(signer, "CERTIFICATE")
    demand(bytes.fromhex("06082b06010505070324") in leaf, "the certificate of the seal is not for documents")
    owner = re.search(rb"\x06\x03\x55\x04\x05[\x0c\x13]\x24(.{36})", inside(leaf, 0, 0)[5][1], re.DOTALL)
    return start, owner and owner[1].decode()

def attachment(document):
    """(name, bytes) of the one file attached to the document that was sealed."""
    (found,) = re.finditer(rb"/Type /EmbeddedFile\n([^\0]{1,400}?)\nstream\n", document)
    (length,), (size,) = (re.findall(rb"/%s (\d{1,9})\b" % name, found[1]) for name in (b"Length", b"Size"))
    (name,) = re.findall(rb"/UF \(([a-z.]{1,40})\)", document)
    content = document[found.end() : found.end() + int(length)]
    if b"/FlateDecode" in found[1]:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(content, 2**22)
        demand(unpacker.eof and not unpacker.unused_data, "the attached file is cut off, too long, or bytes follow it")
    demand(len(content) == int(size), "the attached file has another length than named")
    return name.decode(), content

# --- what is pinned, and what the checks came to

class Trust:
    """The keys and policies of the trust directory. A pin that cannot be read stops the run."""

    def __init__(self, folder=None):
        self.logs, self.dossiers, self.roots, self.tsa, self.policies = [], [], [], [], []
        for name in sorted(os.listdir(folder)) if folder else []:
            if re.search(r"\.(vkey|pem)$|(^|\.)policy\.txt$", name):
                with open(os.path.join(folder, name), "rb") as file:
                    self.add(name, file.read())

    def add(self, name, data):
        if name.endswith(".vkey"):
            self.logs.append(verifier_key(data.decode(), 1))
        elif re.search(r"(^|\.)dossier\.pem$", name):
            self.dossiers.append(ed25519_pem(data))
        elif re.search(r"(^|\.)tsa-roots\.pem$", name):
            self.tsa += pem_blocks(data, "CERTIFICATE")
        elif name.endswith("root.pem"):
            self.roots += pem_blocks(data, "CERTIFICATE")
        elif name.endswith("policy.txt"):
            self.policies.append(read_policy(data.decode()))
            self.logs += [key for key in self.policies[-1]["logs"] if key not in self.logs]

def ed25519_pem(data):
    (key,) = pem_blocks(data, "PUBLIC KEY")
    demand(len(key) == 44 and key.startswith(bytes.fromhex("302a300506032b6570032100")), "this is not an Ed25519 key")
    point(key[12:])
    return key[12:]

class Report:
    """What the checks of one file came to, and the statements in it that bear a pinned log's signature."""

    def __init__(self, file, trust):
        self.file, self.trust, self.checks, self.facts, self.signed = file, trust, [], [], []

    def check(self, name, work, *values):
        """Does one check and returns what it found. Whatever it throws makes it FAILED: hostile bytes end no program."""
        outcome, reason, value = "PASSED", "", None
        try:
            value = work(*values)
        except Undecided as doubt:
            outcome, reason = "INDETERMINATE", f": {doubt}"
        except Exception as error:  # noqa: BLE001
            kind = "" if isinstance(error, Refused) else f"cannot be read, {type(error).__name__}: "
            outcome, reason = "FAILED", f": {kind}{str(error)[:200]}"
        self.checks.append((outcome, name, reason))
        return True if outcome == "PASSED" and value is None else value

    def demand(self, name, condition, sentence):
        return self.check(name, demand, condition, sentence)

    def accepted(self):
        return bool(self.checks) and all(outcome == "PASSED" for outcome, _, _ in self.checks)

def contradictions(reports):
    """Pairs of signed statements of one log that cannot both be true: proof of equivocation."""
    seen, found = {}, []
    for report in reports:
        for about, value, note in report.signed:
            first = seen.setdefault(about, (value, note, report.file))
            if first[0] != value:
                found.append((about, first[1:], (note, report.file)))
    return found

# --- entries and their proofs

ACT = """actId actedAt address assignmentId assurance choice deliveredAt deliveryChannel documentSha256 documentTitle
effectiveFrom evidenceLevel language method networkClass openedAt organisationId organisationName otherEditionsSha256
personEntryNumber personExternalId personId personName policyId policyName previousPersonEntry reason statement userAgent
versionNumber""".split()

def read_entry(data):
    demand(len(data) <= 65535, "the entry is larger than 65,535 bytes")
    entry = read_json(data)
    members(entry, "at c kind refs v" if "refs" in entry else "at c kind v")
    demand(entry["v"] == 1 and entry["v"] is not True, "the entry is not of format 1")
    moment(entry["at"])
    match(r"[a-z][a-z0-9-]{0,63}", entry["kind"], "the kind of the entry")
    demand(all(len(unbase64(each, "-_")) == 32 for each in entry["c"]), "a commitment is not a SHA-256")
    refs = list(map(whole, entry.get("refs", [])))
    demand(refs == sorted(set(refs)) and entry.get("refs") != [], "the references are not in order")
    demand(len(set(entry["c"])) == len(entry["c"]), "a commitment stands in the entry twice")
    return {**entry, "refs": refs}

def disclosed(entry, texts):
    """The facts disclosed by one text for each commitment, in order; an empty text discloses nothing."""
    demand(isinstance(texts, list) and len(texts) == len(entry["c"]), "not one disclosure for each commitment")
    facts = {}
    for text, commitment in zip(texts, entry["c"]):
        if text == "":
            continue
        digest = base64.urlsafe_b64encode(sha256(text.encode())).decode().rstrip("=")
        demand(digest == commitment, "a disclosure does not match its commitment")
        salt, name, value = read_json(unbase64(text, "-_"))
        match(r"[A-Za-z][A-Za-z0-9]{0,63}", name, "the name of a fact")
        demand(len(unbase64(salt, "-_")) == 16 and (not facts or max(facts) < name), "a salt is short or names are not sorted")
        facts[name] = value
    return facts

def act_facts(facts, whole_act, expected):
    """Refuses facts that are not those of an act, or that are about someone or something else than expected."""
    demand(set(facts) <= set(ACT) and (not whole_act or len(facts) == len(ACT)), "the facts are not exactly those of an act")
    for name, value in expected.items():
        demand(facts.get(name, value) == value, f"{name} is another one")

def documents_in(facts):
    """Hashes of documents that facts name, directly or as language:hash."""
    found = [facts.get("documentSha256"), *(facts.get("otherEditionsSha256") or []), *(facts.get("documents") or [])]
    return [match[1] for match in (re.fullmatch(rf"(?:[a-z]{{2}}:)?({HASH})", str(each)) for each in found) if match]

def log_signature(report, note):
    keys = [key for key in report.trust.logs if key[0] == note["origin"]]
    if not keys:
        raise Undecided(f"no key is pinned for {note['origin']}, so nothing says whose log this is")
    keys = [key for _, short, key in keys if short == note["signature"][:4]]
    demand(keys, "another key than the pinned one signed the checkpoint")
    ed25519(keys[0], note["text"].encode(), note["signature"][4:])
    report.signed.append(((note["origin"], "size", note["size"]), note["root"], note["note"]))

def check_note(report, place, data):
    note = report.check(f"{place}checkpoint form", lambda: read_note(data.decode("utf-8")))
    if note:
        report.check(f"{place}log signature", log_signature, report, note)
    return note

def check_proof(report, place, data, entry=None):
    """Checks a tlog-proof, of this entry if one is given; returns (entry bytes, index, checkpoint)."""
    extra, index, path, text = report.check(f"{place}proof form", read_proof, data) or (None, 0, [], "")
    note = extra is not None and check_note(report, place, text.encode())
    if not note:
        return None, None, None
    report.demand(f"{place}entry of the proof", entry in (None, extra), "the proof is about another entry")
    leaf = sha256(b"\0", extra)
    included = report.check(f"{place}inclusion", inclusion, index, note["size"], path, leaf, note["root"])
    if included and any(known == note["note"] for _, _, known in report.signed):
        report.signed.append(((note["origin"], "leaf", index), leaf, note["note"]))
    return extra, index, note

def check_receipt(report, place, data):
    """Checks the evidence.json of a receipt; returns its entry bytes and facts."""
    evidence = report.check(f"{place}evidence form", read_json, data, "disclosures entry format tlogProof")
    if not evidence:
        return None, {}
    report.demand(f"{place}evidence format", evidence["format"] == "beding-evidence/v1", "this is another format")
    raw, proof = (str(evidence[name]).encode("utf-8", "replace") for name in ("entry", "tlogProof"))
    entry = report.check(f"{place}entry", read_entry, raw)
    extra, index, note = check_proof(report, place, proof, raw)
    facts = entry and report.check(f"{place}disclosures", disclosed, entry, evidence["disclosures"])
    if note and isinstance(facts, dict):
        organisation = note["origin"].split("/")[-1]
        report.check(f"{place}act facts", act_facts, facts, True, {"organisationId": organisation})
        report.demand(f"{place}kind", entry["kind"] == "act", "the receipt is not about an act")
        report.facts.append(act_line(index, facts))
    return extra, facts if isinstance(facts, dict) else {}

def act_line(index, facts):
    names = "personName choice policyName versionNumber actedAt assurance".split()
    return f"entry {index}, claimed by the server: " + ", ".join(f"{name} {facts.get(name, '(not there)')}" for name in names)

def check_pdf(report, place, data, organisation=None):
    """Checks a sealed PDF; returns ("edition", SHA-256 of policy.json) or ("receipt", entry bytes)."""
    start, owner = report.check(f"{place}seal", seal, data, tuple(report.trust.roots)) or (None, None)
    name, content = start and report.check(f"{place}attachment", attachment, data[:start]) or (None, None)
    held = None
    if name == "evidence.json":
        extra, facts = check_receipt(report, place, content)
        held, organisation = ("receipt", extra), organisation or facts.get("organisationId")
    elif name:
        report.demand(f"{place}policy content", name == "policy.json", "the attached file has no meaning here")
        report.check(f"{place}policy content form", read_json, content)
        held = "edition", hashlib.sha256(content).hexdigest()
    if owner and organisation:
        report.demand(f"{place}seal owner", owner == organisation, f"the seal is that of organisation {owner}")
    return held

# --- dossiers

FIXED = """README.txt SHA256SUMS SHA256SUMS.sig checkpoint keys/dossier.pem keys/log.pem keys/log.vkey keys/root.pem
keys/tsa-roots.pem manifest.json policy.txt verify/verify.html verify/verify.py""".split()
PARTS = {"entries": "consistency dossier.tlog-proof entry.json receipt.tlog-proof", "anchors": "checkpoint consistency"}
OTHERS = rf"""documents/{HASH}\.pdf|entries/\d{{12}}/(?:{PARTS['entries'].replace(' ', '|')}|disclosures\.txt)
|anchors/\d{{16}}/(?:checkpoint|consistency|cosigned|\d\d\.tsr)""".replace("\n", "")

def read_zip(data):
    """The files of an archive that is the one canonical ZIP of them: stored, sorted, without dates or extras."""
    count, size, offset = struct.unpack("<HII", data[-12:-2])
    demand(offset + size + 22 == len(data), "the archive does not end with its directory")
    files, at, start = {}, offset, 0
    for _ in range(count):
        length, name_length = struct.unpack("<IH", data[at + 24 : at + 30])
        name = data[at + 46 : at + 46 + name_length].decode("utf-8")
        start += 30 + name_length
        demand(name not in files and start + length <= offset, f"{name} is there twice or outside of the archive")
        files[name] = data[start : start + length]
        start, at = start + length, at + 46 + name_length
    body, directory, offset = [], [], 0
    for name in sorted(files, key=str.encode):
        raw, content = name.encode(), files[name]
        sizes = zlib.crc32(content), len(content), len(content), len(raw), 0
        common = struct.pack("<HHHHHIIIHH", 20, 0x0800, 0, 0, 0x21, *sizes)
        body += [b"PK\3\4", common, raw, content]
        directory += [b"PK\1\2\x14\0", common, struct.pack("<HHHII", 0, 0, 0, 0, offset), raw]
        offset += 30 + len(raw) + len(content)
    directory = b"".join(directory)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), offset, 0)
    demand(b"".join([*body, directory, end]) == data, "this is not the canonical ZIP of its files")
    return files

def check_sums(files):
    names = sorted((name for name in files if not name.startswith("SHA256SUMS")), key=str.encode)
    text = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names)
    demand(files["SHA256SUMS"] == text.encode(), "SHA256SUMS does not hold every file with its hash, and no other")

def numbers_in(files, kind):
    """The numbers of the folders of entries or anchors; refuses one that lacks a part."""
    numbers = sorted({name.split("/")[1] for name in files if name.startswith(f"{kind}/")})
    for number in numbers:
        for part in PARTS[kind].split():
            demand(f"{kind}/{number}/{part}" in files, f"{kind}/{number}/{part} is missing")
    return [int(number) for number in numbers]

def read_contents(files):
    for name in files:
        demand(name in FIXED or re.fullmatch(OTHERS, name, re.ASCII), f"{name} does not belong in a dossier")
    demand(set(FIXED) <= set(files), f"a file is missing: {', '.join(sorted(set(FIXED) - set(files)))}")
    documents = sorted(name[10:74] for name in files if name.startswith("documents/"))
    return numbers_in(files, "entries"), numbers_in(files, "anchors"), documents

def signed_by_one(keys, message, signature):
    if not keys:
        raise Undecided("no dossier key is pinned")
    for key in keys:
        with contextlib.suppress(Refused):
            return ed25519(key, message, signature)
    raise Refused("no pinned dossier key signed SHA256SUMS")

def are_pinned(brought, pinned):
    """The keys in a dossier are for readers who have nothing else: here they only may not differ from the pinned ones."""
    if brought and not pinned:
        raise Undecided("nothing is pinned to compare it with")
    demand(all(key in pinned for key in brought), "the dossier brings another key than the pinned ones")

def check_keys(report, files):
    trust = report.trust
    vkey = lambda: verifier_key(files["keys/log.vkey"].decode(), 1)
    report.check("keys/log.vkey", lambda: are_pinned([vkey()], trust.logs))
    report.check("keys/log.pem", lambda: demand(ed25519_pem(files["keys/log.pem"]) == vkey()[2], "this is not the key in log.vkey"))
    report.check("keys/dossier.pem", lambda: are_pinned([ed25519_pem(files["keys/dossier.pem"])], trust.dossiers))
    report.check("keys/root.pem", lambda: are_pinned(pem_blocks(files["keys/root.pem"], "CERTIFICATE"), trust.roots))
    roots = lambda: pem_blocks(files["keys/tsa-roots.pem"], "CERTIFICATE")
    report.check("keys/tsa-roots.pem", lambda: are_pinned([each for each in roots() if each in trust.tsa] or roots(), trust.tsa))
    named = lambda: vkey() in read_policy(files["policy.txt"].decode())["logs"]
    report.check("policy.txt", lambda: demand(named(), "the policy does not name the key in keys/log.vkey"))

def read_manifest(files, entries, anchors, documents):
    """The manifest, which lists exactly the entries, anchors and documents that are there."""
    names = "anchors checkpointSize createdAt documents dossierId entries format organisation subject unanchored"
    manifest = read_json(files["manifest.json"], names)
    demand(manifest["format"] == "beding-dossier/v2", "the dossier is not of format beding-dossier/v2")
    moment(manifest["createdAt"])
    for holder, name in ((manifest, "dossierId"), (manifest["organisation"], "id"), (manifest["subject"], "id")):
        match(UUID, holder[name], f"an id ({name})")
    match("person|policy|act", manifest["subject"]["kind"], "the subject")
    members(manifest["organisation"], "id name"), members(manifest["subject"], "id kind")
    for each in manifest["entries"]:
        members(each, "documents index kind")
        demand(set(each["documents"]) <= set(documents), "the manifest ties an entry to a document that is not there")
    for each in manifest["documents"]:
        members(each, "file sha256 title")
        demand(each["file"] == f"documents/{each['sha256']}.pdf", "a document has another name than its hash")
    for each in manifest["anchors"]:
        members(each, "cosigned development size timestamps")
        folder, count = f"anchors/{whole(each['size']):016}", each["timestamps"]
        tokens = sorted(name[-6:] for name in files if name.startswith(folder) and name.endswith(".tsr"))
        demand(tokens == [f"{number:02}.tsr" for number in range(1, count + 1)], "the tokens are not those of the manifest")
        demand(each["cosigned"] is (f"{folder}/cosigned" in files), "an anchor is not what the manifest says")
        demand(each["size"] <= manifest["checkpointSize"] and (count or each["cosigned"]), "an anchor is empty or too large")
    listed = [[each["index"] for each in manifest["entries"]], [each["size"] for each in manifest["anchors"]]]
    demand(listed == [entries, anchors], "the manifest does not list exactly the entries and anchors that are there")
    demand(sorted(each["sha256"] for each in manifest["documents"]) == documents, "the manifest lists other documents")
    return manifest

def continues(part, earlier, later):
    """The lines of a consistency file lead from one signed checkpoint to another of the same log."""
    demand(earlier["origin"] == later["origin"], "the checkpoints are of different logs")
    consistency(earlier["size"], later["size"], list(map(unbase64, lines(part))), earlier["root"], later["root"])

def check_entry(report, files, manifest, head, index):
    """Checks an entry: its form, both proofs, the way from one to the other, what it discloses, and its manifest line."""
    place = f"entries/{index:012}"
    raw, texts = files[f"{place}/entry.json"], files.get(f"{place}/disclosures.txt")
    entry = report.check(f"{place} entry.json", read_entry, raw) or {"kind": "?", "c": [], "refs": [], "at": None}
    for part in ("receipt", "dossier"):
        name = f"{place} {part}.tlog-proof "
        _, at, note = check_proof(report, name, files[f"{place}/{part}.tlog-proof"], raw)
        report.demand(f"{name}place", note and at == index, "the proof is for another index than its folder")
        if part == "dossier" and note:
            same = note["note"].encode() == files["checkpoint"]
            report.demand(f"{name}checkpoint", same, "the proof leads to another checkpoint than that of the dossier")
        elif note and head:
            report.check(f"{place} consistency", continues, files[f"{place}/consistency"], note, head)
    facts = texts is not None and report.check(f"{place} disclosures", lambda: disclosed(entry, lines(texts)))
    facts = facts if isinstance(facts, dict) else {}
    hidden = len(entry["c"]) - len(facts)
    if entry["kind"] == "act" and manifest:
        subject = manifest["subject"]
        about = {"organisationId": manifest["organisation"]["id"], f"{subject['kind']}Id": subject["id"]}
        report.check(f"{place} act facts", act_facts, facts, not hidden, about)
        report.facts.append(act_line(index, facts))
    report.check(f"{place} manifest", as_listed, manifest, index, entry, facts, hidden)
    return {**entry, "index": index, "facts": facts, "hidden": hidden, "raw": raw}

def as_listed(manifest, index, entry, facts, hidden):
    (listed,) = [each for each in manifest["entries"] if each["index"] == index]
    demand(listed["kind"] == entry["kind"], "the manifest calls the entry by another kind")
    demand(all(earlier < index for earlier in entry["refs"]), "the entry refers to a later one")
    named = hidden or set(listed["documents"]) <= set(documents_in(facts))
    demand(named, "the manifest ties a document to an entry that does not name it")

def judge_content(report, entries):
    """Says how many hidden facts of each entry were ERASED, by an entry on record, and how many are WITHHELD."""
    for each in entries:
        erasures = [other["facts"] for other in entries if other["kind"] == "content-erased" and each["index"] in other["refs"]]
        fields = [facts["fields"] for facts in erasures if isinstance(facts.get("fields"), list)]
        named = {name for part in fields for name in part} - set(each["facts"])
        named = named & set(ACT) if each["kind"] == "act" else named
        each["erased"] = each["hidden"] if [] in fields else min(each["hidden"], len(named))
        each["number_erased"] = [] in fields or "personEntryNumber" in named
        for count, word in ((each["erased"], "ERASED"), (each["hidden"] - each["erased"], "WITHHELD")):
            report.facts += [f"entry {each['index']}: {count} facts {word}"] if count else []

def check_counters(entries):
    """
    In a dossier about a person: the acts are numbered from 1 and each names the one before, so a withheld act leaves a gap.
    Acts whose number was erased fill exactly as many numbers as there are of them.
    """
    last, gone, before = 0, 0, None
    for each in (each for each in entries if each["kind"] == "act"):
        number, facts = each["facts"].get("personEntryNumber"), each["facts"]
        if number is None:
            gone += each["number_erased"]
            before = each["index"] if each["number_erased"] else before
            continue
        demand(whole(number) == last + gone + 1, f"entry {each['index']} is act {number} of the person: one before it is WITHHELD")
        right = facts.get("previousPersonEntry", before) == before
        demand(right, f"entry {each['index']} names another entry as the person's act before")
        last, gone, before = number, 0, each["index"]

def check_tokens(report, place, subject, responses):
    """Checks a token over the subject and its renewals, each over the answer before it. Returns (time, root) of each, or []."""
    found, covered = [], subject
    for number, response in enumerate(responses, 1):
        renewed_at = None
        with contextlib.suppress(Exception):
            renewed_at = token_time(responses[number])
        found.append(report.check(f"{place} {number:02}.tsr", token, response, covered, tuple(report.trust.tsa), renewed_at))
        if renewed_at and found[-1]:
            report.demand(f"{place} {number:02}.tsr order", found[-1][0] <= renewed_at, "the renewal is older than what it renews")
        covered = response
    return found if all(found) else []

def check_anchor(report, files, manifest, head, size):
    """Checks an anchor; returns its size, the time of its first token if everything of it stands, and its checkpoint."""
    place = f"anchors/{size:016}"
    before = len(report.checks)
    note = check_note(report, f"{place} ", files[f"{place}/checkpoint"])
    report.demand(f"{place} size", note and note["size"] == size, "the checkpoint has another size than its folder")
    report.check(f"{place} consistency", continues, files[f"{place}/consistency"], note, head)
    stands = all(outcome == "PASSED" for outcome, _, _ in report.checks[before:])
    names = sorted(name for name in files if name.startswith(f"{place}/") and name.endswith(".tsr"))
    tokens = check_tokens(report, place, files[f"{place}/checkpoint"], [files[name] for name in names])
    for time, root in tokens:
        kind = "a DEVELOPMENT time-stamping authority, trusted by nobody else" if is_development(root) else "a pinned one"
        report.facts.append(f"{place}: was there at {time:%Y-%m-%d %H:%M:%S} UTC, says {kind}")
    if tokens and manifest:
        said = [each["development"] for each in manifest["anchors"] if each["size"] == size]
        kind = [any(is_development(root) for _, root in tokens)]
        report.demand(f"{place} kind of authority", said == kind, "the manifest is wrong about an authority for development")
    return {"size": size, "time": tokens[0][0] if tokens and stands else None, "note": note if stands else None}

def check_witnesses(report, files, anchors, head, last):
    """Cosignatures by pinned witnesses must be right; with a quorum, an anchor over every entry must have reached it."""
    policies = [each for each in report.trust.policies if head and head["origin"] in [name for name, _, _ in each["logs"]]]
    for anchor in anchors:
        name = f"anchors/{anchor['size']:016}/cosigned"
        if name in files and anchor["note"]:
            policy = policies[0] if policies else read_policy("quorum none")
            anchor["signed"] = report.check(name, cosigners, files[name], anchor["note"], policy) or []
    def quorum():
        over = [anchor.get("signed", []) for anchor in anchors if anchor["size"] > last]
        if not any(reached(policies[0], policies[0]["quorum"], signed) for signed in over):
            raise Undecided("no anchor over all entries has the cosignatures that the pinned policy asks for")
    if policies and policies[0]["quorum"] != "none":
        report.check("witness quorum", quorum)

def check_time(report, each, anchors):
    """States between which first tokens an entry came to be, and that the server's claim lies there, give or take 5 minutes."""
    after = [anchor["time"] for anchor in anchors if anchor["time"] and anchor["size"] <= each["index"]]
    before = [anchor["time"] for anchor in anchors if anchor["time"] and anchor["size"] > each["index"]]
    text = [f"not before {max(after):%Y-%m-%d %H:%M:%S} UTC"] if after else []
    text += [f"not after {min(before):%Y-%m-%d %H:%M:%S} UTC"] if before else []
    report.facts.append(f"entry {each['index']}: {', '.join(text) or 'no trusted time'}; the server claims {each['at']}")
    if each["at"] and (after or before):
        claimed, slack = moment(each["at"]), timedelta(minutes=5)
        fits = (not after or claimed >= max(after) - slack) and (not before or claimed <= min(before) + slack)
        report.demand(f"entry {each['index']} time", fits, "the claimed time lies outside of what trusted times allow")

def check_document(report, files, manifest, entries, digest):
    name = f"documents/{digest}.pdf"
    right = hashlib.sha256(files[name]).hexdigest() == digest
    report.demand(f"{name} hash", right, "the document is not the one its name says")
    held = check_pdf(report, f"{name} ", files[name], manifest and manifest["organisation"]["id"])
    naming = [each for each in entries if digest in documents_in(each["facts"]) or held == ("receipt", each["raw"])]
    published = {each["facts"]["contentSha256"] for each in naming if "contentSha256" in each["facts"]}
    if held and held[0] == "edition" and published:
        report.demand(f"{name} published content", published == {held[1]}, "policy.json is not what was published")
    def named():
        if not naming and any(each["hidden"] for each in entries):
            raise Undecided("no fact that is shown names this document, but some facts are erased or withheld")
        demand(naming, "no entry of the dossier names this document")
    report.check(f"{name} named by an entry", named)

def check_dossier(report, data):
    files = report.check("archive", read_zip, data)
    found = files and report.check("files", read_contents, files)
    if not found:
        return
    report.check("checksums", check_sums, files)
    report.check("dossier signature", signed_by_one, report.trust.dossiers, files["SHA256SUMS"], files["SHA256SUMS.sig"])
    check_keys(report, files)
    indexes, sizes, documents = found
    manifest = report.check("manifest", read_manifest, files, indexes, sizes, documents)
    head = check_note(report, "", files["checkpoint"])
    if head and manifest:
        ours = head["size"] == manifest["checkpointSize"] and head["origin"].endswith("/" + manifest["organisation"]["id"])
        report.demand("checkpoint", ours, "the checkpoint has another size than the manifest says, or is another log's")
    entries = [check_entry(report, files, manifest, head, index) for index in indexes]
    judge_content(report, entries)
    if manifest and manifest["subject"]["kind"] == "person":
        report.check("person's entries", check_counters, entries)
    anchors = [check_anchor(report, files, manifest, head, size) for size in sizes]
    check_witnesses(report, files, anchors, head, max(indexes, default=0))
    for each in entries:
        check_time(report, each, anchors)
    for digest in documents:
        check_document(report, files, manifest, entries, digest)

# --- the command

def verify(data, file, trust):
    """The report on one file. The same bytes and keys give the same report."""
    report = Report(file, trust)
    if data.startswith(b"PK\3\4"):
        check_dossier(report, data)
    elif data.startswith(b"%PDF-"):
        check_pdf(report, "", data)
    elif data.startswith(b"c2sp.org/tlog-proof@"):
        report.check("entry", lambda: read_entry(read_proof(data)[0]))
        check_proof(report, "", data)
    else:
        report.demand("kind of file", False, "this is not a dossier, a tlog-proof or a sealed PDF")
    report.demand("one history", not contradictions([report]), "two signed statements in this file contradict each other")
    return report

def show(text):
    """Prints one line, with everything that could imitate or disturb the output written as an escape."""
    print("".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text))

def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trust", metavar="DIR")
    parser.add_argument("files", nargs="+", metavar="FILE")
    chosen = parser.parse_args(arguments)
    try:
        trust = Trust(chosen.trust)
    except Exception as error:  # noqa: BLE001
        parser.error(f"the trust directory {chosen.trust}: {error}")
    reports = []
    for file in chosen.files:
        try:
            with open(file, "rb") as opened:
                report = verify(opened.read(), file, trust)
        except OSError as error:
            report = Report(file, trust)
            report.demand("file", False, f"it cannot be read: {error.strerror}")
        reports.append(report)
        for outcome, name, reason in report.checks:
            show(f"{outcome} {file}: {name}{reason}")
        for fact in report.facts:
            show(f"  it says: {fact}")
        show(f"{'ACCEPTED' if report.accepted() else 'NOT ACCEPTED'} {file}: {len(report.checks)} checks")
    for (origin, what, number), *both in contradictions(reports):
        show(f"FAILED one history: {origin} signed two histories ({what} {number}); these two notes together prove it")
        for note, file in both:
            show(f"  signed in {file}:")
            for line in note.split("\n")[:-1]:
                show(f"    | {line}")
    return 0 if all(report.accepted() for report in reports) and not contradictions(reports) else 1

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
