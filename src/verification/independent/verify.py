#!/usr/bin/env python3
"""Checks Beding evidence offline: a dossier (ZIP, beding-dossier/v2 or v3), a *.tlog-proof, or a sealed PDF.

    python3 verify.py [--trust DIR] [--at-least LEVEL] FILE...

DIR holds what you relied on before you saw any FILE: log.vkey, dossier.pem, root.pem, tsa-roots.pem, qualified-roots.pem,
policy.txt (or *.vkey, *.dossier.pem, *root.pem, *.tsa-roots.pem, *.qualified-roots.pem, *.policy.txt). Nothing inside a FILE
adds to it. LEVEL (B-B, B-T, B-LT, B-LTA) is
what every sealed PDF must reach: a file whose last revisions were cut off is otherwise an honest one of a lower level. Exit
status: 0 every check of every file PASSED, 1 otherwise, 2 wrong usage. Needs Python 3.9 and the openssl command; shares no
code with the service.

Written from RFC 9162 (Merkle trees), RFC 8032 (Ed25519), RFC 8785 (JSON), RFC 9901 (disclosures), RFC 3161 (time-stamps),
RFC 6960 and 5280 (revocation), ISO 32000-1 and EN 319 142-1 (PDF, PAdES), WebAuthn Level 3, RFC 8949 and 9053 (passkeys),
RFC 7515 and 7517 (ID tokens), EN 319 412 (qualified certificates), and C2SP signed-note, tlog-checkpoint, tlog-proof,
tlog-cosignature, tlog-policy. It does NOT check: the printed words of a PDF; the form of single facts; whether a certificate
was revoked, where the file does not hold the answer.
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

def token_time(response, way=(1,)):
    """genTime of a token over a SHA-256 (RFC 3161 section 2.4.2), at the end of a way into a response, or alone."""
    (octets,) = inside(response, 0, *way, 1, 0, 2, 1)
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

# --- strict DER, certificates, and who issued whom (X.690, RFC 5280)

class Element(tuple):
    """(tag, content, whole element)."""
    tag, content, whole = (property(lambda self, at=at: self[at]) for at in range(3))

def strict(data, depth=0):
    """The one element that the bytes are. Refuses what DER forbids, at every depth."""
    parts = der(data)
    demand(len(parts) == 1 and depth <= 24, "the DER is not one value, or nested too deeply")
    tag, content, whole = parts[0]
    size = len(content)
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    head = bytes([tag, size]) if size < 128 else bytes([tag, 128 | len(digits)]) + digits
    demand(head + content == whole and tag & 31 != 31, "the DER has a second spelling of a length or tag")
    if tag & 32:
        demand(tag & 192 or tag in (0x30, 0x31), "a DER string is in parts")
        inner = [strict(each, depth + 1).whole for _, _, each in der(content)]
        demand(tag != 0x31 or inner == sorted(set(inner)), "a DER set is out of order")
    elif tag == 1:
        demand(content == b"\xff", "a DER boolean is not plain true")
    elif tag == 2:
        demand(size and (size == 1 or not (content[0] == 0 and content[1] < 128 or content[0] == 255 and content[1] > 127)), "padded")
    elif tag == 3:
        demand(size and content[0] < 8 and (size > 1 or content[0] == 0), "a DER bit string is wrong")
        demand(size == 1 or not content[-1] & (1 << content[0]) - 1, "unused bits of a DER bit string are set")
    elif tag == 6:
        starts = [at for at in range(size) if at == 0 or content[at - 1] < 128]
        demand(0 < size <= 32 and content[-1] < 128 and all(content[at] != 128 for at in starts), "an object identifier is wrong")
    return Element((tag, content, whole))

def kids(element, tag=0x30, most=64):
    """The elements inside one that must have this tag."""
    demand(element and element[0] == tag, "a part of a DER value is not where it belongs")
    found = [Element(each) for each in der(element[1])]
    demand(len(found) <= most, "a DER value has too many parts")
    return found

def content(element, tag):
    demand(element and element[0] == tag, "a part of a DER value is not where it belongs")
    return element[1]

def bits(element):
    demand(content(element, 3)[:1] == b"\0", "a bit string is not whole bytes")
    return element[1][1:]

def when(element, long_from=1):
    """A UTCTime or GeneralizedTime, in seconds and Zulu."""
    text = element[1].decode("ascii")
    if element[0] == 0x17:
        text = ("20" if match(r"\d{12}Z", text, "a time")[0] < "50" else "19") + text
    else:
        demand(element[0] == 0x18 and int(match(r"\d{14}Z", text, "a time")[0][:4]) >= long_from, "a time has the wrong form")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=timezone.utc)

HASHES = {"0609608648016503040201": "sha256", "0609608648016503040202": "sha384", "0609608648016503040203": "sha512"}
SIGNATURES = {"06082a8648ce3d040302": ("EC", "sha256"), "06082a8648ce3d040303": ("EC", "sha384")}
SIGNATURES |= {"06082a8648ce3d040304": ("EC", "sha512"), "06092a864886f70d01010b": ("RSA", "sha256")}
SIGNATURES |= {"06092a864886f70d01010c": ("RSA", "sha384"), "06092a864886f70d01010d": ("RSA", "sha512")}
RSA_PLAIN = "06092a864886f70d010101"
CURVES = {"301306072a8648ce3d020106082a8648ce3d030107": ("P-256", 65), "301006072a8648ce3d020106052b81040022": ("P-384", 97)}

def algorithm(element):
    """("EC" or "RSA", hash) of an AlgorithmIdentifier of a signature: ECDSA without parameters, RSA with none or NULL."""
    oid, *parameters = kids(element)
    kind = SIGNATURES.get(oid.whole.hex())
    nulls = kind and [each.whole for each in parameters] in ([], [b"\5\0"] if kind[0] == "RSA" else [])
    demand(nulls, "a signature is not ECDSA or RSA PKCS #1 v1.5 with SHA-2")
    return kind

def hash_of(element):
    oid, *parameters = kids(element)
    demand([each.whole for each in parameters] in ([], [b"\5\0"]), "a digest has parameters")
    demand(oid.whole.hex() in HASHES, "a digest is not of SHA-2")
    return HASHES[oid.whole.hex()]

class Certificate:
    """An X.509 version 3 certificate with an ECDSA P-256, P-384 or RSA key, signed with one of those and SHA-2."""

    def __init__(self, data):
        self.der = data
        body, signing, signature = kids(strict(data))
        version, serial, again, issuer, validity, subject, key, extensions = kids(body)
        demand(version.whole == bytes.fromhex("a003020102") and again.whole == signing.whole, "a certificate is not of version 3")
        self.body, self.signing, self.signature = body.whole, algorithm(signing), bits(signature)
        content(serial, 2), content(issuer, 0x30)
        self.serial, self.issuer, self.subject = serial.whole, issuer.whole, subject.whole
        self.start, self.end = (when(each, 2050) for each in kids(validity))
        self.spki, self.key = key.whole, bits(kids(key)[1])
        self.kind = self.key_kind(*kids(key))
        texts = [tuple(kids(part)) for each in kids(subject) for part in kids(each, 0x31)]
        demand(all(text[0] in (0x0C, 0x13, 0x16) and text[1].decode("utf-8") is not None for _, text in texts), "a name is not plain text")
        self.names = {oid.whole.hex(): text[1] for oid, text in reversed(texts)}
        self.read_extensions(*kids(extensions, 0xA3))

    def key_kind(self, kind, _):
        curve = CURVES.get(kind.whole.hex())
        if curve:
            demand(len(self.key) == curve[1] and self.key[0] == 4, "a public key is not an uncompressed point")
            return curve[0]
        demand(kind.whole.hex()[4:26] == RSA_PLAIN, "a certificate has a key that is not ECDSA or RSA")
        modulus, exponent = (int.from_bytes(content(each, 2), "big", signed=True) for each in kids(strict(self.key)))
        demand(2040 < modulus.bit_length() <= 8192 and exponent & 1 and 3 <= exponent < 2**32, "an RSA key is too small or odd")
        return "RSA"

    def read_extensions(self, extensions):
        known, self.critical = {}, set()
        for oid, *rest in map(kids, kids(extensions)):
            name, flags = oid.whole.hex(), [each.whole for each in rest[:-1]]
            demand(name not in known and flags in ([], [b"\1\1\xff"]), "an extension is there twice or wrong")
            demand(not flags or name in UNDERSTOOD, "a certificate has a critical extension not known here")
            known[name] = content(rest[-1], 4)
            self.critical |= {name} if flags else set()
        value = lambda name: strict(known[name]) if name in known else None
        constraints, usage, purposes, own, above = map(value, UNDERSTOOD)
        self.authority = bool(constraints and kids(constraints) and content(kids(constraints)[0], 1))
        length = kids(constraints)[1:] if constraints else []
        self.depth = int.from_bytes(content(length[0], 2), "big") if length else None
        flags = content(usage, 3) if usage else b"\0"
        self.usage = {place for place in range(8 * (len(flags) - 1)) if flags[1 + place // 8] >> 7 - place % 8 & 1}
        self.purposes = [each.whole.hex() for each in kids(purposes)] if purposes else []
        self.own_id = own[1] if own else None
        self.above_id = next((each[1] for each in kids(above)[:1] if each[0] == 0x80), None) if above else None
        self.never_ask, self.others = "06092b0601050507300105" in known, known

    def name(self):
        return self.names.get("0603550403", b"?").decode("utf-8", "replace")

    def valid(self, moment):
        return self.start <= moment <= self.end

UNDERSTOOD = ["0603551d13", "0603551d0f", "0603551d25", "0603551d0e", "0603551d23"]
certificate = functools.lru_cache(maxsize=4096)(Certificate)
SIGN, COMMIT, CERTIFY, LISTS = 0, 1, 5, 6

def demand_signature(key, kind, message, signature):
    """Refuses unless the key of a certificate made this signature over the message."""
    demand((key.kind == "RSA") == (kind[0] == "RSA"), "the key is not of the kind that the signature needs")
    spki = "-----BEGIN PUBLIC KEY-----\n%s-----END PUBLIC KEY-----\n" % base64.encodebytes(key.spki).decode()
    openssl(f"dgst -{kind[1]} -verify key -signature signature message", key=spki.encode(), signature=signature, message=message)

@functools.lru_cache(maxsize=4096)
def issued(below, issuer):
    """Whether the names, the key identifiers and the key fit."""
    if below.issuer != issuer.subject or None not in (below.above_id, issuer.own_id) and below.above_id != issuer.own_id:
        return False
    with contextlib.suppress(Refused):
        demand_signature(issuer, below.signing, below.body, below.signature)
        return True
    return False

def climb(path, others, roots):
    """The chain from the last certificate of the path to a pinned root, or None. Looks at each certificate once."""
    for root in roots:
        if issued(path[-1], root):
            return [*path, root]
    for each in others if len(path) < 8 else []:
        if each in others and issued(path[-1], each):
            others.remove(each)
            found = climb([*path, each], others, roots)
            if found:
                return found
    return None

def demand_authorities(chain):
    """Refuses a chain, leaf first, in which somebody issued who may not, or that deep."""
    demand(not chain[0].authority, "the certificate that signed is that of an authority")
    for below, each in enumerate(chain[1:]):
        demand(each.authority and CERTIFY in each.usage, f"{each.name()} may not issue certificates")
        demand(each.depth is None or below <= each.depth, f"{each.name()} may not have so many authorities below it")

# --- revocation: OCSP (RFC 6960) and lists (RFC 5280 section 5)

SLACK = timedelta(minutes=5)
REASONS = range(11)

class Evidence:
    """What somebody who may say so said about certificates of one issuer; verified. Status: None is good, else (time, reason)."""

    def __init__(self, revision, issuer, this, until, responder, about):
        demand(until is None or this < until, "the next update stands before this one")
        self.revision, self.issuer, self.this, self.until, self.responder = revision, issuer, this, until, responder
        self.about = about

    def knows(self, below, issuer):
        return issuer.der == self.issuer.der and self.about(below) is not False

    def fresh(self, below, time):
        return self.this <= below.end and (self.this >= time - SLACK or self.until is not None and time <= self.until)

def extensions_known(element, tag):
    for each in kids(kids(element, tag, 1)[0]) if element else []:
        oid, value, *more = kids(each)
        demand(not more and oid[0] == 6 and value[0] == 4, "a critical extension is not known here")

def reason(element):
    demand(element is None or len(content(element, 10)) == 1 and element[1][0] in REASONS and element[1][0] != 7, "a reason is not known")
    return element[1][0] if element else None

def optional(parts, *tags):
    return parts.pop(0) if parts and parts[0][0] in tags else None

def general(element):
    content(element, 0x18)
    return when(element)

def read_ocsp(data, revision, pool):
    status, wrapped = kids(strict(data))
    typed, = kids(wrapped, 0xA0)
    kind, octets = kids(typed)
    demand(content(status, 10) == b"\0" and kind.whole.hex() == "06092b0601050507300101", "the OCSP response is not a good basic one")
    body, signing, signature, *brought = kids(strict(content(octets, 4)))
    demand(len(brought) < 2, "the OCSP response has parts too many")
    by, produced, answers, *extensions = kids(body)
    demand(len(extensions) < 2, "the body of the OCSP response has parts too many")
    extensions_known(extensions[0] if extensions else None, 0xA1)
    answer, = kids(answers)
    asked, status, this, *rest = kids(answer)
    until = optional(rest, 0xA0)
    until = general(*kids(until, 0xA0)) if until else None
    extensions_known(optional(rest, 0xA1), 0xA1)
    demand(not rest, "the answer has parts too many")
    hashed, name, key, serial = kids(asked)
    oid, *parameters = kids(hashed)
    hasher = {"06052b0e03021a": hashlib.sha1, "0609608648016503040201": hashlib.sha256}.get(oid.whole.hex())
    demand(hasher and [each.whole for each in parameters] in ([], [b"\5\0"]), "the hash of the OCSP response is not known here")
    named = content(name, 4), content(key, 4)
    pairs = (pair for pair in pool.pairs() if pair[0].serial == serial.whole)
    found = [pair for pair in pairs if named == tuple(hasher(each).digest() for each in (pair[1].subject, pair[1].key))]
    demand(found and serial[0] == 2, "the OCSP response is about no certificate of this file")
    below, issuer = found[0]
    revoked = None
    if status.whole != b"\x80\0":
        at, *why = kids(status, 0xA1)
        demand(len(why) < 2, "the revocation has parts too many")
        revoked = general(at), reason(kids(why[0], 0xA0, 1)[0]) if why else None
    (identity,) = kids(by, by[0] if by[0] in (0xA1, 0xA2) else 0xA1)
    who = identity.whole if by[0] == 0xA1 else content(identity, 4)
    called = lambda each: each.subject == who if by[0] == 0xA1 else hashlib.sha1(each.key).digest() == who
    own = [certificate(each.whole) for each in kids(kids(brought[0], 0xA0, 1)[0], 0x30, 8)] if brought else []
    demand(own or not brought, "the OCSP response brings an empty list of certificates")
    responder = issuer
    if not called(issuer):
        candidates = [each for each in [*own, *pool.all] if called(each) and issued(each, issuer)]
        demand(candidates, "the responder is neither the issuer nor has the issuer's right to answer")
        responder = candidates[0]
        may = not responder.usage or responder.usage & {SIGN, COMMIT}
        demand("06082b06010505070309" in responder.purposes and not responder.authority and may, "the responder is not for OCSP")
    time = general(produced)
    demand(responder.valid(time) and issuer.valid(time), "the responder was not valid when it answered")
    demand_signature(responder, algorithm(signing), body.whole, bits(signature))
    asked_about = responder if responder is not issuer and not responder.never_ask else None
    about = lambda each: revoked if each.der == below.der else False
    return Evidence(revision, issuer, general(this), until, asked_about, about)

def read_list(data, revision, pool):
    body, signing, signature = kids(strict(data))
    version, again, name, this, *rest = kids(body)
    demand(version.whole == b"\2\1\1" and again.whole == signing.whole, "the revocation list is not of version 2")
    until, entries, extensions = optional(rest, 0x17, 0x18), optional(rest, 0x30), optional(rest, 0xA0)
    demand(not rest and name[0] == 0x30, "the revocation list has parts too many")
    extensions_known(extensions, 0xA0)
    revoked = {}
    for each in kids(entries, 0x30, 100000) if entries else []:
        serial, at, *more = kids(each)
        demand(serial[0] == 2 and serial.whole not in revoked and len(more) < 2, "an entry of the list is wrong")
        why = None
        for extension in kids(more[0]) if more else []:
            oid, value = kids(extension)
            content(oid, 6), content(value, 4)
            why = strict(value[1]) if oid.whole.hex() == "0603551d15" else why
        revoked[serial.whole] = when(at), reason(why)
    kind, made = algorithm(signing), when(this)
    for issuer in dict.fromkeys(issuer for _, issuer in pool.pairs()):
        if issuer.subject == name.whole and (not issuer.usage or LISTS in issuer.usage):
            with contextlib.suppress(Refused):
                demand_signature(issuer, kind, body.whole, bits(signature))
                demand(issuer.valid(made), "the authority was not valid when it signed its list")
                about = lambda below: revoked.get(below.serial)
                return Evidence(revision, issuer, made, when(until) if until else None, None, about)
    raise Refused("no authority whose certificates are in this file signed the revocation list, or not when it was valid")

class Pool:
    """All certificates of one file and the pinned roots, each once, and who issued whom."""

    def __init__(self, pinned, brought):
        self.pinned = {each.der for each in pinned}
        self.all = list({each.der: each for each in [*pinned, *brought]}.values())

    def pairs(self):
        demand(len(self.all) <= 256, "the file brings more than 256 certificates")
        if not hasattr(self, "found"):
            self.found = [(below, issuer) for below in self.all for issuer in self.all if issued(below, issuer)]
            demand(len(self.found) <= 2000, "the file brings too many certificates of one name")
        return self.found

    def vouched(self, certificates):
        """A certificate that is not pinned and that no other one here issued could be changed without anybody noticing."""
        known = self.pinned | {below.der for below, _ in self.pairs()}
        demand(all(each.der in known for each in certificates), "nothing here vouches for a certificate")

def standing(evidence, chain, at, proven, before=None):
    """
    "good", "unknown", or when a certificate of the chain was revoked: what is known of it, leaf first and root last, when it
    signed, from evidence before a revision. A revocation does no harm if the signature is proven to be older.
    """
    evidence = [each for each in evidence if before is None or each.revision < before]
    for below, issuer in zip(chain, chain[1:]):
        said = [each for each in evidence if each.knows(below, issuer)]
        revoked = sorted(each.about(below)[0] for each in said if each.about(below))
        if revoked and (proven is None or revoked[0] <= proven):
            return revoked[0]
        def asked(each):
            others = [other for other in evidence if each.responder and other.knows(each.responder, issuer)]
            fine = [o for o in others if o.responder is None and o.about(each.responder) is None and o.fresh(each.responder, at)]
            return each.responder is None or fine
        if not any(each.fresh(below, at) and asked(each) for each in said):
            return "unknown"
    return "good"

# --- PDF (ISO 32000-1 section 7): a whole revision and updates, read to the last byte

class Name(str): "A name without its slash."
class Number(str): "A number as it is written."
class Text(bytes): "A string; `span` is where it stands in the file."
class Reference(int): "A reference of generation 0."

def same(one, two):
    """Whether two values say the same, wherever they stand."""
    if type(one) is not type(two):
        return False
    if isinstance(one, list):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, dict):
        return set(one) == set(two) and all(same(one[key], two[key]) for key in one)
    return one == two

def count(value):
    """A whole number, or None."""
    plain = isinstance(value, Number) and re.fullmatch(r"[0-9]+", value)
    return int(value) if plain and int(value) < 2**53 else None

SPACE, REGULAR = re.compile(rb"[\0\t\n\f\r ]*"), re.compile(rb"[^\0\t\n\f\r ()<>\[\]{}/%]*")
REFER = re.compile(rb" 0 R(?![A-Za-z0-9])")
ESCAPES = dict(zip(b"nrtbf()\\", b"\n\r\t\b\f()\\"))

class Scanner:
    """Reads PDF syntax strictly from a place in a file. Comments are refused."""

    def __init__(self, data, at, budget):
        self.data, self.at, self.budget = data, at, budget

    def space(self):
        self.at = SPACE.match(self.data, self.at).end()

    def sees(self, text):
        return self.data.startswith(text, self.at)

    def expect(self, text):
        demand(self.sees(text), f"the PDF lacks {text!r} at byte {self.at}")
        self.at += len(text)

    def regular(self, most):
        found = REGULAR.match(self.data, self.at)
        demand(found.end() - self.at <= most, "a PDF word is too long")
        self.at = found.end()
        return found[0].decode("latin-1")

    def whole(self):
        number = count(Number(self.regular(17)))
        demand(number is not None, f"the PDF lacks a whole number before byte {self.at}")
        return number

    def name(self):
        self.expect(b"/")
        return Name(re.sub("#([0-9A-Fa-f]{2})", lambda found: chr(int(found[1], 16)), self.regular(256)))

    def value(self, depth=0):
        self.budget[0] -= 1
        demand(depth <= 40 and self.budget[0] >= 0, "the PDF is nested too deeply or has too many values")
        self.space()
        if self.sees(b"/"):
            return self.name()
        if self.sees(b"<<"):
            return self.dictionary(depth)
        if self.sees(b"["):
            self.at += 1
            items = []
            while self.space() or not self.sees(b"]"):
                items.append(self.value(depth + 1))
            self.at += 1
            return items
        start = self.at
        if self.sees(b"<"):
            end = self.data.index(b">", start)
            demand(re.fullmatch(rb"(?:[0-9A-Fa-f]{2})*", self.data[start + 1 : end]), "a PDF hex string is wrong")
            text, self.at = Text(bytes.fromhex(self.data[start + 1 : end].decode())), end + 1
        elif self.sees(b"("):
            text = Text(self.literal())
        else:
            return self.word()
        text.span = start, self.at
        return text

    def literal(self):
        found, opened, self.at = bytearray(), 1, self.at + 1
        while True:
            byte = self.data[self.at]
            self.at += 1
            if byte == 0x5C:
                found.append(ESCAPES[self.data[self.at]])
                self.at += 1
                continue
            opened += {0x28: 1, 0x29: -1}.get(byte, 0)
            if not opened:
                return found
            found.append(byte)
            demand(len(found) <= 65536, "a PDF string is too long")

    def word(self):
        word = self.regular(32)
        if word in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[word]
        demand(re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)", word), f"the PDF has an unknown word before byte {self.at}")
        number, refers = count(Number(word)), REFER.match(self.data, self.at)
        if number is None or not refers:
            return Number(word)
        demand(0 < number <= 8388607, "a PDF reference is out of range")
        self.at = refers.end()
        return Reference(number)

    def dictionary(self, depth=0):
        self.space()
        self.expect(b"<<")
        found = {}
        while self.space() or not self.sees(b">>"):
            name = self.name()
            demand(name not in found, f"a PDF dictionary has /{name} twice")
            found[name] = self.value(depth + 1)
        self.at += 2
        return found

    def object(self):
        """(number, value, stream or None) of `n 0 obj … endobj`."""
        number = self.whole()
        self.expect(b" 0 obj")
        value, stream = self.value(), None
        self.space()
        if self.sees(b"stream"):
            self.expect(b"stream\n")
            length = count(value["Length"])
            demand(length is not None and self.at + length <= len(self.data), "a PDF stream is cut off")
            stream, self.at = self.data[self.at : self.at + length], self.at + length
            self.expect(b"\nendstream")
        self.space()
        self.expect(b"endobj\n")
        demand(0 < number <= 8388607, "a PDF object number is out of range")
        return number, value, stream

class Revision:
    """The objects {number: (value, stream)} and the trailer that a revision brings; its table and end in the file."""

    def __init__(self, data, table, budget):
        scanner = Scanner(data, table, budget)
        self.table, self.offsets, following = table, {}, 0
        demand(table < len(data), "the PDF points outside itself")
        scanner.expect(b"xref\n")
        while not scanner.sees(b"trailer"):
            first = scanner.whole()
            scanner.expect(b" ")
            amount = scanner.whole()
            scanner.expect(b"\n")
            demand(first >= following and amount > 0 and len(self.offsets) + amount <= 200000, "the table is out of order")
            for number in range(first, first + amount):
                line = data[scanner.at : scanner.at + 20]
                demand(re.fullmatch(rb"0{10} 65535 f \n" if number == 0 else rb"[0-9]{10} 00000 n \n", line), "a line of the table is wrong")
                self.offsets |= {number: int(line[:10])} if number else {}
                scanner.at += 20
            following = first + amount
        self.trailer_at = scanner.at
        scanner.expect(b"trailer")
        self.trailer = scanner.dictionary()
        demand(not {"Encrypt", "XRefStm"} & set(self.trailer), "the PDF is encrypted or a hybrid")
        scanner.space()
        scanner.expect(b"startxref\n%d\n%%%%EOF\n" % table)
        self.end = scanner.at

    def read_objects(self, data, start, budget):
        """Every byte from the end of the revision before belongs to an object that the table names."""
        self.objects, self.start, size = {}, start, count(self.trailer.get("Size"))
        for number, offset in sorted(self.offsets.items(), key=lambda each: each[1]):
            demand(offset == start, f"bytes outside of any object stand before object {number}")
            scanner = Scanner(data, offset, budget)
            found, value, stream = scanner.object()
            demand(found == number and size is not None and number < size, f"object {number} is not where the table says")
            self.objects[number], start = (value, stream), scanner.at
        demand(start == self.table, "bytes outside of any object stand before the table")

def read_revisions(data):
    head = re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n", data)
    demand(head and len(data) <= 2**26, "the PDF does not start as version 1.7, or is larger than 64 MiB")
    tail = re.search(rb"startxref\n([0-9]{1,10})\n%%EOF\n\Z", data[-40:])
    demand(tail, "bytes follow after the last %%EOF, or it is cut off")
    budget, found, table, limit = [VALUES], [], int(tail[1]), len(data)
    while table is not None:
        found.insert(0, Revision(data, table, budget))
        demand(len(found) <= 64 and len(data) * len(found) * 2 <= 2**30, "the PDF has too many revisions")
        demand(found[0].end == limit if len(found) == 1 else found[0].end <= limit, "bytes follow after the last %%EOF")
        limit, table = table, found[0].trailer.get("Prev")
        demand(table is None or count(table) is not None, "the PDF does not say where its table before stands")
        table = None if table is None else count(table)
    start = head.end()
    for each in found:
        each.read_objects(data, start, budget)
        start = each.end
    demand(len(found) > 1, "the PDF has only one revision, so nobody sealed it")
    return found

VALUES = 1_000_000

# --- what each update of a sealed PDF may do, and nothing else

def names(dictionary, needed, may=""):
    demand(isinstance(dictionary, dict), "a part of the PDF is not a dictionary")
    demand(set(needed.split()) <= set(dictionary) <= set((needed + " " + may).split()), f"a part of the PDF is not exactly {needed}")
    return dictionary

def refs(value):
    """The references of a list, none twice."""
    demand(isinstance(value, list) and all(isinstance(each, Reference) for each in value), "a list of the PDF holds something else")
    demand(len(set(value)) == len(value), "a list of the PDF names one object twice")
    return value

def grows(before, after, *free):
    """A dictionary changes in these entries only."""
    for key in set(before) | set(after):
        demand(key in free or key in before and key in after and same(before[key], after[key]), f"the update changes /{key}")

class Document:
    """The document as it stands after some revisions: grows by `take`."""

    def __init__(self, base):
        self.objects, self.trailer = dict(base.objects), names(base.trailer, "Size Root Info ID")
        self.root = base.trailer["Root"]
        node = self.dictionary(self.root)["Pages"]
        for _ in range(32):
            if self.dictionary(node).get("Type") == Name("Page"):
                break
            node = self.dictionary(node)["Kids"][0]
        demand(isinstance(node, Reference) and self.dictionary(node)["Type"] == Name("Page"), "the PDF has no page 1")
        self.page = node

    def dictionary(self, value):
        value = self.objects[value][0] if isinstance(value, Reference) else value
        demand(isinstance(value, dict), "a part of the PDF is not a dictionary")
        return value

    def size(self):
        return count(self.trailer["Size"])

    def both(self, update, reference):
        """An object before an update and after it, which must write it anew."""
        demand(isinstance(reference, Reference) and reference in update.objects, "the update lacks an object that it must write anew")
        before, after = self.dictionary(reference), update.objects[reference][0]
        demand(isinstance(after, dict), "a part of the PDF is not a dictionary")
        return before, after

    def exactly(self, update, old, new):
        """The update brings these objects and no other: old ones anew, new ones with the next numbers."""
        for number in update.objects:
            right = number in old and number < self.size() or number in new and number >= self.size()
            demand(right, f"the update brings or replaces object {number}, which has no place in it")
        demand(len(update.objects) == len(set(old)) + len(set(new)), "the update lacks a part")
        demand(count(update.trailer["Size"]) == self.size() + len(set(new)), "the trailer has the wrong /Size")

    def trailer_of(self, update):
        trailer, one, two = names(update.trailer, "Size Root Info ID Prev"), self.trailer["ID"], update.trailer["ID"]
        demand(all(same(trailer[key], self.trailer[key]) for key in ("Root", "Info")), "the trailer of the update is another")
        demand(isinstance(one, list) and isinstance(two, list) and len(two) == 2 and same(one[0], two[0]), "another document's /ID")

    def take(self, update):
        self.objects |= update.objects
        self.trailer = update.trailer

def signature_field(document, update, field, name):
    """The invisible field of a signature, at the end of page 1's annotations; returns the reference of its signature."""
    before, after = document.both(update, document.page)
    grows(before, after, "Annots")
    old = before.get("Annots", [])
    demand(isinstance(old, list) and same(after.get("Annots"), [*old, field]), "page 1 got another annotation than the field")
    value = names(update.objects[field][0], "Type Subtype FT T V Rect F P", "TU")
    kinds = [value["Type"], value["Subtype"], value["FT"]] == [Name("Annot"), Name("Widget"), Name("Sig")]
    hidden = isinstance(value["Rect"], list) and [count(each) for each in value["Rect"]] == [0] * 4 and count(value["F"]) == 132
    demand(kinds and hidden and same(value["P"], document.page), "the field of the signature is visible or another")
    demand(isinstance(value.get("TU", Text()), Text) and same(value["T"], Text(name)), "the field has another name")
    demand(isinstance(value["V"], Reference), "the field has no signature")
    demand(all(stream is None for _, stream in update.objects.values()), "the update brings a stream")
    return value["V"]

def form_fields(form):
    demand(count(names(form, "Fields SigFlags")["SigFlags"]) == 3, "the form does not say that the file is signed")
    return refs(form["Fields"])

def read_first_seal(document, update):
    document.trailer_of(update)
    before, after = document.both(update, document.root)
    demand(not {"AcroForm", "Extensions", "Perms", "DSS"} & set(before), "the rendered document has a form or validation data")
    grows(before, after, "AcroForm", "Extensions")
    if "Extensions" in after:
        names(names(after["Extensions"], "ESIC")["ESIC"], "BaseVersion ExtensionLevel", "Type")
    form = after["AcroForm"]
    demand(isinstance(form, Reference), "the form of the PDF is direct")
    (field,) = form_fields(update.objects[form][0])
    signature = signature_field(document, update, field, b"Seal")
    document.exactly(update, [document.root, document.page], [field, signature, form])
    return read_signature(update.objects[signature][0], "Sig")

def read_further(document, update, name, kind):
    document.trailer_of(update)
    form = document.dictionary(document.root)["AcroForm"]
    before, after = map(form_fields, document.both(update, form))
    demand(after[:-1] == before, "the list of fields does not grow by one at its end")
    signature = signature_field(document, update, after[-1], name)
    document.exactly(update, [document.page, form], [after[-1], signature])
    return read_signature(update.objects[signature][0], kind)

def read_signature(value, kind):
    needed, may = "Type Filter SubFilter ByteRange Contents", "Reason Name Location ContactInfo"
    names(value, needed + " M", may) if kind == "Sig" else names(value, needed)
    form = Name("ETSI.CAdES.detached" if kind == "Sig" else "ETSI.RFC3161")
    right = [value["Type"], value["Filter"], value["SubFilter"]] == [Name(kind), Name("Adobe.PPKLite"), form]
    demand(right and isinstance(value["Contents"], Text), f"the signature is not a {kind}")
    found = {"range": value["ByteRange"], "contents": value["Contents"], "key": hashlib.sha1(value["Contents"]).hexdigest().upper()}
    if kind == "Sig":
        text = match(r"D:(\d{14})(?:Z|\+00'00'?)", bytes(value["M"]).decode("latin-1"), "the time of the seal")[1]
        found["claimed"] = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    return found

LISTED = {"Certs": "Cert", "OCSPs": "OCSP", "CRLs": "CRL"}

def read_validation_data(data, document, update, keys):
    """Validation data that only grows; the second half of the trailer's /ID is a checksum over all before the table."""
    document.trailer_of(update)
    known = document.dictionary(document.root).get("DSS")
    if known is None:
        before, after = document.both(update, document.root)
        grows(before, after, "DSS")
        store, old = after.get("DSS"), {}
    else:
        demand(document.root not in update.objects, "the update takes away or changes the validation data (DSS)")
        store, old = known, document.both(update, known)[0]
    demand(isinstance(store, Reference), "the validation data (DSS) stands in the catalog itself")
    now = names(update.objects[store][0], "Type", "Certs OCSPs CRLs VRI")
    demand(now["Type"] == Name("DSS"), "the validation data is not of the type DSS")
    whole = {kind: refs(now[kind]) if kind in now else [] for kind in LISTED}
    added = []
    for kind in LISTED:
        kept = old.get(kind, [])
        demand(whole[kind][: len(kept)] == kept and now.get(kind) != [], f"/{kind} of the validation data (DSS) may only grow")
        demand(len(whole[kind]) <= 512, "the validation data has too many streams")
        added += [(kind, each) for each in whole[kind][len(kept) :]]
    numbers = [each for _, each in added]
    demand(len(set(numbers)) == len(numbers), "one stream stands in two lists of the DSS")
    document.exactly(update, [document.root if known is None else store], numbers + ([store] if known is None else []))
    before, after = (each.get("VRI", {}) for each in (old, now))
    demand(isinstance(after, dict), "/VRI of the validation data is not a dictionary")
    demand(all(key in after and same(before[key], after[key]) for key in before), "an entry of the DSS was taken away or changed")
    for key in set(after) - set(before):
        demand(key in keys, "the validation data has an entry for no signature here")
        entry = names(after[key], "Type", "Cert OCSP CRL")
        demand(entry["Type"] == Name("VRI"), "an entry of the validation data is not of the type VRI")
        for kind, name in LISTED.items():
            demand(set(refs(entry.get(name, []))) <= set(whole[kind]) and entry.get(name) != [], "an entry names a stream that is not listed")
    demand(numbers or set(after) - set(before), "the update adds no validation data")
    streams = [(kind, *update.objects[each]) for kind, each in added]
    plain = all(stream is not None and len(stream) <= 2**18 and list(value) == ["Length"] for _, value, stream in streams)
    demand(plain, "a stream of the validation data is packed, described or over 256 KiB")
    first, info = update.trailer["ID"][0], update.trailer["Info"]
    demand(isinstance(first, Text) and isinstance(info, Reference), "the trailer has another form")
    text = f"trailer\n<<\n/Size {count(update.trailer['Size'])}\n/Root {document.root} 0 R\n/Info {info} 0 R\n/ID [<{first.hex()}> "
    text += f"<{hashlib.sha256(data[: update.table]).hexdigest()[:32]}>]\n/Prev {count(update.trailer['Prev'])}\n>>\n"
    text += f"startxref\n{update.table}\n%%EOF\n"
    demand(data[update.trailer_at : update.end] == text.encode(), "the trailer lacks the checksum of what stands before it")
    return [(kind, stream) for kind, _, stream in streams]

SHEET = set("""Type Page Parent MediaBox Contents Resources UserUnit StructParents Tabs S ProcSet PDF Text ImageB ImageC ImageI
Font ColorSpace Length Filter FlateDecode Subtype Type0 CIDFontType2 BaseFont Encoding Identity-H Identity DescendantFonts
ToUnicode CIDSystemInfo Registry Ordering Supplement FontDescriptor W CIDToGIDMap FontName Flags FontBBox ItalicAngle Ascent
Descent CapHeight XHeight StemV FontFile2 P K Pg A O Table Scope Row Column Part H1 H2 TR TH TD L LI Lbl LBody""".split())

def read_sheet(document, update):
    """Pages of a signature sheet behind the old ones: lists grow at their end, new objects hold text and know each other only."""
    document.trailer_of(update)
    catalog = document.dictionary(document.root)
    tree, root = catalog["Pages"], catalog["StructTreeRoot"]
    before, after = document.both(update, tree)
    grows(before, after, "Count", "Kids")
    old, kids_now = refs(before["Kids"]), refs(after["Kids"])
    pages = kids_now[len(old) :]
    demand(kids_now[: len(old)] == old and pages, "the update does not add pages at the end")
    demand([count(before["Count"]), count(after["Count"])] == [len(old), len(kids_now)], "the count of pages is wrong")
    demand(all(document.dictionary(each).get("Type") == Name("Page") for each in old), "the list of pages is not flat")
    before, after = document.both(update, root)
    grows(before, after, "ParentTree", "ParentTreeNextKey")
    following = count(before["ParentTreeNextKey"])
    demand(count(after["ParentTreeNextKey"]) == following + len(pages), "the keys of the structure do not grow by the pages")
    listed, grown = names(before["ParentTree"], "Nums", "Limits")["Nums"], names(after["ParentTree"], "Nums Limits")["Nums"]
    limits = after["ParentTree"]["Limits"]
    demand([count(each) for each in limits] == [0, following + len(pages) - 1], "the limits of the parent tree are wrong")
    demand(same(grown[: len(listed)], listed) and len(grown) == len(listed) + 2 * len(pages), "the parent tree is changed")
    (top,) = refs(before["K"])
    before, after = document.both(update, top)
    grows(before, after, "K")
    demand(refs(after["K"])[:-1] == refs(before["K"]), "the element of the document does not grow by one part")
    part, found = after["K"][-1], set()
    demand(update.objects[part][0]["S"] == Name("Part"), "the new part of the document is not a part")
    def plain(text):
        demand(text in SHEET or re.fullmatch(r"F\d{1,4}|[A-Z]{6}\+[A-Za-z0-9-]{1,64}", text, re.ASCII), f"no sheet needs /{text}")
    def inner(value):
        if isinstance(value, Reference):
            return [value]
        if isinstance(value, Name):
            plain(value)
        demand(not isinstance(value, Text) or value in (b"Adobe", b"Identity"), "the sheet has a text outside its pages")
        if isinstance(value, dict):
            for key in value:
                plain(key)
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        return [each for item in items for each in inner(item)]
    def add(number):
        demand(number not in found and number >= document.size() and number in update.objects, "the sheet refers to an old object")
        demand(isinstance(update.objects[number][0], dict), "a part of the sheet is not a dictionary")
        found.add(number)
        return dict(update.objects[number][0])
    for start, back, old_one in [*((page, "Parent", tree) for page in pages), (part, "P", top)]:
        value = add(start)
        demand(same(value.pop(back, None), old_one), "a part of the sheet belongs elsewhere")
        if back == "Parent":
            names(value, "Type MediaBox Contents Resources UserUnit StructParents Tabs")
            demand(value["Type"] == Name("Page"), "a new page is not a page")
        waiting = inner(value)
        while waiting:
            number = waiting.pop()
            if number not in found:
                value = add(number)
                demand(value.get("Type") != Name("Page"), "the sheet has a page that is not listed")
                waiting += inner(value)
    document.exactly(update, [tree, root, top], found)
    for at, page in enumerate(pages):
        key, elements = grown[len(listed) + 2 * at :][:2]
        demand(count(key) == following + at == count(update.objects[page][0]["StructParents"]), "a new page has another key")
        demand(set(refs(elements)) <= found, "the parent tree names an element that is not new")

def read_step(data, document, update, steps):
    """(kind, what it brings) of an update: seal; then sheet and seal; then time-stamps and validation data in any order."""
    if not steps:
        return "seal", read_first_seal(document, update)
    types = [value.get("Type") for number, (value, _) in update.objects.items() if number >= document.size() and isinstance(value, dict)]
    signs = [kind for kind in ("Sig", "DocTimeStamp") if Name(kind) in [each for each in types if isinstance(each, Name)]]
    catalog = document.dictionary(document.root)
    if steps[-1][0] == "signature-sheet":
        demand(signs[:1] == ["Sig"], "no seal follows the signature sheet")
        return "seal", read_further(document, update, b"Seal2", "Sig")
    demand(signs[:1] != ["Sig"], "the update adds a seal without a signature sheet before it")
    if signs:
        number = 1 + sum(kind == "timestamp" for kind, _ in steps)
        return "timestamp", read_further(document, update, b"Timestamp%d" % number, "DocTimeStamp")
    if document.root in update.objects or catalog.get("DSS") in update.objects:
        keys = {found["key"] for kind, found in steps if kind in ("seal", "timestamp")}
        return "validation-data", read_validation_data(data, document, update, keys)
    if len(steps) == 1 and catalog.get("Pages") in update.objects:
        return "signature-sheet", read_sheet(document, update)
    document.exactly(update, [], [])
    raise Refused("the update does nothing")

# --- signatures: a seal is a PAdES CMS over all bytes of its revision but its own; a time-stamp is an RFC 3161 token over them

SHA256_ID = bytes.fromhex("300b0609608648016503040201")
CMS_START = bytes.fromhex("020101310d300b0609608648016503040201300b06092a864886f70d010701")
ATTRIBUTES = ["06092a864886f70d010903", "06092a864886f70d010904", "060b2a864886f70d010910022f", "06092a864886f70d010934"]
DOCUMENTS = {"06082b06010505070324", "06092a864886f72f010105", "060a2b0601040182370a030c", "0604551d2500"}

def element(tag, *parts):
    """Writes DER, to compare it."""
    data = b"".join(parts)
    digits = len(data).to_bytes((len(data).bit_length() + 7) // 8, "big")
    return (bytes([tag, len(data)]) if len(data) < 128 else bytes([tag, 128 | len(digits)]) + digits) + data

def covered(data, found, end):
    """The signed bytes: the whole file up to the end of the revision, but for the signature's own hex string."""
    start, stop = found["contents"].span
    numbers = found["range"] if isinstance(found["range"], list) else []
    demand([count(each) for each in numbers] == [0, start, stop, end - stop], "the signed range is not its whole revision but itself")
    return data[:start] + data[stop:end]

def signature_der(data, found):
    """The DER in the hex string; behind it stand only zeros."""
    raw, (start, stop) = found["contents"], found["contents"].span
    demand(re.fullmatch(rb"<[0-9a-f]*>", data[start:stop]), "the hex string of the signature is not in lower case")
    end = 4 + int.from_bytes(raw[2:4], "big")
    demand(4 <= len(raw) <= 65536 and raw[:2] == b"\x30\x82" and end <= len(raw), "the hex string does not hold a CMS")
    demand(not any(raw[end:]), "bytes are hidden in the padding after the CMS of the signature")
    return bytes(raw[:end])

def read_seal(data, found, end):
    """Checks the CMS of a seal, which has one form, and its signature; returns its certificates, the signer's first."""
    raw, message = signature_der(data, found), covered(data, found, end)
    kind, wrapped = kids(strict(raw))
    (signed,) = kids(wrapped, 0xA0)
    version, digests, body, brought, signers = kids(signed)
    (signer,) = kids(signers, 0x31)
    number, identity, hashed, attributes, signing, signature = kids(signer)
    demand(kind.whole.hex() == "06092a864886f70d010702", "the CMS is not a signature")
    demand(version.whole + digests.whole + body.whole == CMS_START, "the CMS has another form than that of a seal")
    demand(number.whole == b"\2\1\1" and hashed.whole == SHA256_ID, "the signer has another form")
    listed = [each.whole for each in kids(brought, 0xA0, 8)]
    demand(listed and listed == sorted(set(listed)), "the certificates of the CMS are out of order")
    certificates = [certificate(each) for each in listed]
    (leaf, *_) = [each for each in certificates if element(0x30, each.issuer, each.serial) == identity.whole]
    plain = kids(signing)[0].whole.hex() == RSA_PLAIN and kids(signing)[1:] in ([], [(5, b"", b"\5\0")])
    how = ("RSA", "sha256") if plain else algorithm(signing)
    demand(how[1] == "sha256" and leaf.kind in ("P-256", "RSA"), "the seal is not ECDSA P-256 or RSA with SHA-256")
    each_one = [each.whole for each in kids(attributes, 0xA0)]
    values = {oid.whole.hex(): kids(value, 0x31) for oid, value in (kids(strict(each)) for each in each_one)}
    demand(each_one == sorted(set(each_one)) and len(each_one) == 4 and set(values) == set(ATTRIBUTES), "the signed attributes are not those four")
    (about,), (digest,), (named,), (protected,) = (values[name] for name in ATTRIBUTES)
    demand(about.whole == bytes.fromhex("06092a864886f70d010701"), "the signed content type is wrong")
    demand(digest.whole == element(4, sha256(message)), "the bytes under the seal are not the ones that were sealed")
    serial = element(0x30, element(0x30, element(0xA4, leaf.issuer)), leaf.serial)
    forms = [element(0x30, element(0x30, element(0x30, element(4, sha256(leaf.der)), tail))) for tail in (b"", serial)]
    demand(named.whole in forms, "the seal names another certificate than the one it brings")
    demand(protected.whole == element(0x30, hashed.whole, element(0xA1, signing[1])), "the protected algorithms are not the ones used")
    demand_signature(leaf, how, element(0x31, attributes[1]), content(signature, 4))
    return {"cms": raw, "message": message, "certificates": [leaf, *[each for each in certificates if each is not leaf]]}

def seal_chain(read, roots, time):
    """The chain of a seal, every certificate it brings used once, under a pinned root; openssl judges it at this time."""
    chain, others = read["certificates"][:1], read["certificates"][1:]
    while others:
        above = [each for each in others if issued(chain[-1], each)]
        demand(above and above[0].subject != above[0].issuer, "the seal brings a root, or a certificate not of its chain")
        chain.append(above[0])
        others.remove(above[0])
    tops = [root for root in roots if issued(chain[-1], root)]
    chain += tops[:1]
    demand_authorities(chain)
    leaf = chain[0]
    demand(leaf.usage & {SIGN, COMMIT} and CERTIFY not in leaf.usage, "the certificate of the seal may not be used to sign")
    demand(not leaf.purposes or DOCUMENTS & set(leaf.purposes), "the certificate of the seal is not for documents")
    demand(all(each.valid(time) for each in chain), f"a certificate of the seal was not valid at {time}")
    if not roots:
        raise Undecided("no root is pinned, so nothing says whose seal this is")
    demand(tops, "no pinned root stands above the certificate of the seal")
    command = f"cms -verify -binary -inform DER -in cms -content covered -CAfile roots -purpose any -out content -attime {int(time.timestamp())}"
    openssl(command, cms=read["cms"], covered=read["message"], roots=pem([chain[-1].der]))
    return chain

def read_stamp(data, found, end):
    """Reads a token, outside of whose signature nothing may be loose: no unsigned attributes, no lists, RSA in one spelling."""
    raw, message = signature_der(data, found), covered(data, found, end)
    kind, wrapped = kids(strict(raw))
    (signed,) = kids(wrapped, 0xA0)
    version, digests, body, brought, signers = kids(signed)
    (signer,), (digest,) = kids(signers, 0x31), kids(digests, 0x31)
    number, identity, hashed, attributes, signing, signature = kids(signer)
    demand(kind.whole.hex() == "06092a864886f70d010702" and version.whole == b"\2\1\3", "the token is not a signature of version 3")
    certificates = [certificate(each.whole) for each in kids(brought, 0xA0, 16)]
    by_name = identity[0] == 0x30
    named = lambda each: element(0x30, each.issuer, each.serial) == identity.whole if by_name else each.own_id == content(identity, 0x80)
    (leaf, *_) = [each for each in certificates if named(each)]
    demand(number.whole == (b"\2\1\1" if by_name else b"\2\1\3"), "the signer has a wrong version")
    demand(hash_of(digest) == hash_of(hashed), "the token announces another digest than its signer uses")
    oid, *parameters = kids(signing)
    plain = oid.whole.hex() == RSA_PLAIN and [each.whole for each in parameters] in ([], [b"\5\0"])
    demand(plain or algorithm(signing) == ("EC", hash_of(hashed)), "the token is not signed by ECDSA, or by RSA named rsaEncryption")
    return {"token": raw, "message": message, "time": token_time(raw, ()), "leaf": leaf, "certificates": certificates}

def stamp_chain(read, pool, roots):
    """The chain of a time-stamp to a pinned root; openssl judges token, imprint, purpose and chain at the token's time."""
    if not roots:
        raise Undecided("no root of a time-stamping authority is pinned")
    chain = climb([read["leaf"]], list(pool.all), roots)
    demand(chain, "no pinned root stands above the certificate of the authority")
    demand_authorities(chain)
    more = {"more": pem([each.der for each in chain[1:-1]])} if chain[1:-1] else {}
    command = "ts -verify -token_in -in token -data covered -CAfile root" + (" -untrusted more" if more else "")
    command += f" -attime {int(read['time'].timestamp())}"
    openssl(command, token=read["token"], covered=read["message"], root=pem([chain[-1].der]), **more)
    demand(all(each.valid(read["time"]) for each in chain), "a certificate of the authority was not valid at its time")
    return chain

LEVELS = ["B-B", "B-T", "B-LT", "B-LTA"]

def level_of(seal, stamps, evidence):
    """(level, end of protection) of a seal with its chain, under the time-stamps after it that stand (EN 319 142-1)."""
    stamps = [each for each in stamps if each["number"] > seal["number"]]
    if not stamps:
        return "B-B", None
    time = stamps[0]["time"]
    def known(at, before):
        proven = stamps[at + 1]["time"] if at + 1 < len(stamps) else None
        return standing(evidence, stamps[at]["chain"], stamps[at]["time"], proven, before) == "good"
    sealed = lambda before: standing(evidence, seal["chain"], time, time, before) == "good"
    reached = 0
    for place in range(1, len(stamps)):
        before = stamps[place]["number"]
        if sealed(before) and all(known(at, before) for at in range(place)):
            reached = place
    end = min(each.end for each in stamps[reached]["chain"])
    if reached:
        return "B-LTA", end
    return ("B-LT" if sealed(None) and known(0, None) else "B-T"), end

def check_history(report, place, data, revisions):
    """What each update does, until one does something else; and whether all of them were understood."""
    steps, document = [], None
    for number, update in enumerate(revisions[1:], 1):
        def read():
            nonlocal document
            document = document or Document(revisions[0])
            step = read_step(data, document, update, steps)
            document.take(update)
            return step
        step = report.check(f"{place}revision {number} grammar", read)
        if not step:
            return steps, False
        steps.append(step)
    if steps and steps[-1][0] == "signature-sheet":
        report.demand(f"{place}revision {len(steps)} coverage", False, "no seal covers the signature sheet: anybody could have put it there")
        return steps, False
    return steps, True

def same_organisation(one, other):
    """Whether two certificates name the same organisation: by its id where both have one, and else by its name."""
    ids, called = ([each.names.get(oid) for each in (one, other)] for oid in ("0603550405", "060355040a"))
    return ids[0] == ids[1] if all(ids) else bool(called[0]) and called[0] == called[1]

def check_signatures(report, place, data, revisions, steps):
    """Checks every signature and every piece of validation data by itself: (seals, stamps, pool, evidence)."""
    seals, stamps, stored = [], [], []
    for number, (kind, found) in enumerate(steps, 1):
        name, read = f"{place}revision {number} ", None
        if kind == "seal":
            read = report.check(f"{name}seal", read_seal, data, found, revisions[number].end)
            seals.append({"number": number, "claimed": found["claimed"], **(read or {})})
        elif kind == "timestamp":
            read = report.check(f"{name}time-stamp form", read_stamp, data, found, revisions[number].end)
            stamps += [{"number": number, **read}] if read else []
        elif kind == "validation-data":
            certificates = [stream for label, stream in found if label == "Certs"]
            stored += [(name, report.check(f"{name}certificates", lambda: list(map(certificate, certificates))) or [])]
    brought = [*seals, *stamps, *({"certificates": certificates} for _, certificates in stored)]
    certificates = [each for part in brought for each in part.get("certificates", [])]
    pool = Pool([*map(certificate, report.trust.roots), *map(certificate, report.trust.tsa)], certificates)
    for name, certificates in [(f"{place}revision {each['number']} ", each["certificates"][1:]) for each in stamps] + stored:
        if certificates:
            report.check(f"{name}issuers", pool.vouched, certificates)
    evidence = []
    for number, (kind, found) in enumerate(steps, 1):
        streams = [(label, stream) for label, stream in found if label != "Certs"] if kind == "validation-data" else []
        if streams:
            def read():
                return [(read_ocsp if label == "OCSPs" else read_list)(stream, number, pool) for label, stream in streams]
            evidence += report.check(f"{place}revision {number} revocation data", read) or []
    return seals, stamps, pool, evidence

def check_stamps(report, place, stamps, pool, evidence):
    """Checks whom the time-stamps come from, their order, and revocations; returns those that stand, with their chains."""
    good, roots = [], list(map(certificate, report.trust.tsa))
    for at, each in enumerate(stamps):
        name = f"{place}revision {each['number']} "
        each["chain"] = report.check(f"{name}time-stamp", stamp_chain, each, pool, roots)
        right = True
        if at:
            right = stamps[at - 1]["time"] <= each["time"] and (not good or each["time"] < min(one.end for one in good[-1]["chain"]))
            report.demand(f"{name}order", right, "the time-stamp is older than the one before, or that one had ended")
        young = any(one.revision < each["number"] and one.this > each["time"] + SLACK for one in evidence)
        if young:
            report.demand(f"{name}covered data", False, "revocation data under the time-stamp claims to be younger than it")
        good += [each] if each["chain"] and right and not young else []
    found = []
    for at, each in enumerate(good):
        proven = good[at + 1]["time"] if at + 1 < len(good) else None
        known = standing(evidence, each["chain"], each["time"], proven)
        revoked = isinstance(known, datetime)
        if known != "unknown":
            report.demand(f"{place}revision {each['number']} revocation", not revoked, f"a certificate was revoked at {known}")
        found += [] if revoked else [each]
    return found

def check_sealer(report, place, seal, stamps, evidence):
    """Checks a seal's chain at the time that the first time-stamp over it proves, or else at the time it claims."""
    name, roots = f"{place}revision {seal['number']} ", list(map(certificate, report.trust.roots))
    proof = next((each["time"] for each in stamps if each["number"] > seal["number"]), None)
    time = proof or seal["claimed"]
    chain = "cms" in seal and report.check(f"{name}seal certificate", seal_chain, seal, roots, time)
    if not chain:
        return None
    timely = proof is None or seal["claimed"] <= proof + SLACK
    report.demand(f"{name}seal time", timely, "the seal claims to be younger than a time-stamp over it")
    known = standing(evidence, chain, time, proof)
    def judge():
        if proof is None and known > time:
            raise Undecided(f"a certificate was revoked at {known}, and no trusted time proves that the seal is older")
        raise Refused(f"a certificate was revoked at {known}")
    if isinstance(known, datetime):
        report.check(f"{name}seal revocation", judge)
        return None
    return {**seal, "chain": chain} if timely else None

def check_levels(report, place, data, revisions, steps, whole):
    """Checks the signatures of a sealed PDF. Returns {level, revisions, owners}: the level that its lowest seal reaches."""
    seals, stamps, pool, evidence = check_signatures(report, place, data, revisions, steps)
    stamps = check_stamps(report, place, stamps, pool, evidence)
    sound = [check_sealer(report, place, each, stamps, evidence) for each in seals]
    kinds = ["rendered", *(kind for kind, _ in steps)]
    lengths = [each.end for each in revisions[: len(kinds)]]
    hashes = [hashlib.sha256(data[:length]).hexdigest() for length in lengths]
    found = {"level": None, "revisions": list(zip(kinds, lengths, hashes))}
    found["owners"] = [each["certificates"][0].names.get("0603550405") for each in seals if "certificates" in each]
    brought = [each["certificates"][0] for each in seals if "certificates" in each]
    if len(brought) == 2:
        owner = f"{place}revision {seals[1]['number']} seal owner"
        report.demand(owner, same_organisation(*brought), "the sheet was sealed by another organisation than the document")
    if whole and sound and all(sound):
        found["level"], end = min((level_of(each, stamps, evidence) for each in sound), key=lambda each: LEVELS.index(each[0]))
        newest = max(each["number"] for each in seals)
        proof = next((each["time"] for each in stamps if each["number"] > newest), None)
        text = f"sealed not after {proof:%Y-%m-%d %H:%M:%S} UTC, protected until {end:%Y-%m-%d}" if proof else "no trusted time"
        report.facts.append(f"{place}level {found['level']}: {text}")
        if proof and any(is_development(each["chain"][-1].der) for each in stamps):
            report.facts.append(f"{place}its time comes from a DEVELOPMENT time-stamping authority, trusted by nobody else")
    for number, (kind, length, digest) in enumerate(found["revisions"]):
        report.facts.append(f"{place}revision {number}: {kind}, {length} bytes, SHA-256 {digest}")
    if report.least:
        right = found["level"] and LEVELS.index(found["level"]) >= LEVELS.index(report.least)
        report.demand(f"{place}level", right, f"the document reaches {found['level']}, below {report.least}")
    return found

ACTIVE_KEYS = {"AA", "JS", "OpenAction", "OCProperties", "OC", "XFA", "RichMediaContent"}
ACTIVE_NAMES = set("""JavaScript Launch GoToR GoToE SubmitForm ImportData ResetForm Movie Sound Rendition SetOCGState Trans GoTo3DView
RichMedia RichMediaExecute FileAttachment""".split())

def active(value):
    if isinstance(value, list):
        return any(map(active, value))
    if isinstance(value, dict):
        return bool(ACTIVE_KEYS & set(value)) or any(map(active, value.values()))
    return isinstance(value, Name) and value in ACTIVE_NAMES

def attachment(base):
    """(name, bytes) of the one file attached to the rendered document, in which nothing can act."""
    objects = base.objects
    demand(not any(active(value) for value, _ in objects.values()), "an object of the document can change what is shown")
    types = ((number, each) for number, (each, _) in objects.items() if isinstance(each, dict))
    (number,) = [number for number, each in types if isinstance(each.get("Type"), Name) and each["Type"] == "EmbeddedFile"]
    at = lambda value: objects[value][0] if isinstance(value, Reference) else value
    catalog = at(base.trailer["Root"])
    label, one = at(at(catalog["Names"])["EmbeddedFiles"])["Names"]
    demand(isinstance(label, Text) and isinstance(catalog["AF"], list) and same(catalog["AF"], [one]), "the attached file is not associated")
    about = at(one)
    demand(same(about["F"], label) and same(about["UF"], label), "the attached file has two names")
    demand(same(at(about["EF"])["F"], Reference(number)), "the attached file is not the embedded one")
    value, data = objects[number]
    if "Filter" in value:
        demand(isinstance(value["Filter"], Name) and value["Filter"] == "FlateDecode", "the attached file is packed in another way")
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(data, 2**24)
        demand(unpacker.eof and not unpacker.unused_data, "the attached file is cut off, too long, or bytes follow it")
    demand(isinstance(value["Params"], dict) and count(value["Params"]["Size"]) == len(data), "the attached file has another length")
    return bytes(label).decode("latin-1"), data

# --- what is pinned, and what the checks came to

class Trust:
    """The keys and policies of the trust directory. A pin that cannot be read stops the run."""

    def __init__(self, folder=None):
        self.logs, self.dossiers, self.roots, self.tsa, self.policies, self.qualified = [], [], [], [], [], []
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
        elif re.search(r"(^|\.)qualified-roots\.pem$", name):
            self.qualified += pem_blocks(data, "CERTIFICATE")
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

    def __init__(self, file, trust, least=None):
        self.file, self.trust, self.least, self.checks, self.facts, self.signed = file, trust, least, [], [], []

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

# --- who acted, and what they signed: WebAuthn Level 3, CBOR (RFC 8949 as CTAP2 narrows it), COSE (RFC 9053), OpenID Connect

def unbase64url(value):
    demand(isinstance(value, str), "a value is not a text")
    return unbase64(value, "-_")

def alike(one, other):
    """Whether two values of JSON or CBOR are the same one; true is not 1."""
    return type(one) is type(other) and not isinstance(one, (dict, list)) and one == other

def texts_of(value):
    demand(isinstance(value, list) and all(isinstance(each, str) for each in value), "this is not a list of texts")
    return value

def loose(data, most):
    """A JSON object that a browser or an identity provider wrote, in any form; a name may not stand in it twice."""
    demand(len(data) <= most, "a JSON text is too long")
    text, depth, named = data.decode("utf-8"), 0, []
    def pairs(found):
        named[:] = [name for name, _ in found]
        return dict(found)
    def number(digits):
        found = float(digits)
        return int(found) if found.is_integer() and abs(found) < 2**53 else found
    def refuse(word):
        raise Refused(f"{word} is not JSON")
    value = json.loads(text, object_pairs_hook=pairs, parse_int=number, parse_float=number, parse_constant=refuse)
    demand(isinstance(value, dict) and len(set(named)) == len(named), "this is not an object, or a name stands in it twice")
    for token in re.findall(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', text):
        depth += (token in "{[") - (token in "}]") if len(token) == 1 else 0
        demand(depth <= 32, "a JSON text is nested too deeply")
    return value

class Cbor:
    """Reads CBOR in the canonical form of CTAP2: shortest numbers, nothing indefinite, no tags, keys in order and none twice."""

    def __init__(self, data, at=0):
        self.data, self.at, self.count = data, at, 0
        self.value = self.read(0)

    def take(self, length):
        found = self.data[self.at : self.at + length]
        demand(len(found) == length, "a CBOR value is cut off")
        self.at += length
        return found

    def read(self, depth):
        self.count += 1
        demand(depth <= 8 and self.count <= 256, "a CBOR value is nested too deeply or has too many parts")
        (first,) = self.take(1)
        major, low = first >> 5, first & 31
        if major == 7:
            demand(first in (0xF4, 0xF5, 0xF6), "a CBOR value is of a kind not used here")
            return {0xF4: False, 0xF5: True, 0xF6: None}[first]
        demand(low <= 27, "a CBOR length is not definite")
        number = low if low < 24 else int.from_bytes(self.take(1 << low - 24), "big")
        least = 0 if low < 24 else 24 if low == 24 else 1 << 4 * (1 << low - 24)
        demand(least <= number < 2**53 - 1, "a CBOR number is not in its shortest form, or too large")
        if major < 2:
            return number if major == 0 else -1 - number
        if major < 4:
            found = self.take(number)
            return found if major == 2 else found.decode("utf-8")
        demand(major < 6 and number <= 256, "a CBOR value has a tag or too many parts")
        if major == 4:
            return [self.read(depth + 1) for _ in range(number)]
        found, before = {}, None
        for _ in range(number):
            start = self.at
            key = self.read(depth + 1)
            written = self.data[start : self.at]
            order = (written[0] >> 5, len(written), written)
            demand(type(key) in (int, str) and (before is None or before < order), "the keys of a CBOR map are not in order")
            before, found[key] = order, self.read(depth + 1)
        return found

def cbor(data):
    reader = Cbor(data)
    demand(reader.at == len(data), "bytes follow after the end of a CBOR value")
    return reader.value

def octets(value, length=None):
    demand(isinstance(value, bytes) and length in (None, len(value)), "a value is not bytes, or not as many as it should be")
    return value

def unsigned(number):
    """The DER of a whole number from its bytes, which have no leading zeros."""
    demand(number and (number[0] or len(number) == 1), "a number is empty or has leading zeros")
    return element(2, (b"\0" if number[0] > 127 else b"") + number)

class PublicKey:
    """A key as `demand_signature` takes it, from the parts of a COSE_Key or a JWK."""

    def __init__(self, kind, *parts):
        self.kind, self.raw = kind, b"".join(parts)
        if kind == "EC":
            x, y = (int.from_bytes(octets(part, 32), "big") for part in parts)
            prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
            b = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
            demand(x < prime and y < prime and (y * y - x**3 + 3 * x - b) % prime == 0, "a public key is no point of its curve")
            self.spki = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200") + b"\4" + self.raw
        elif kind == "RSA":
            modulus, exponent = (int.from_bytes(part, "big") for part in parts)
            fits = 2040 < modulus.bit_length() <= 8192 and exponent & 1 and 3 <= exponent < 2**32
            demand(fits, "an RSA key is too small or odd")
            self.size = len(parts[0])
            bits = element(3, b"\0" + element(0x30, *map(unsigned, parts)))
            self.spki = element(0x30, bytes.fromhex("300d06092a864886f70d0101010500"), bits)
        else:
            point(octets(self.raw, 32))
            self.spki = bytes.fromhex("302a300506032b6570032100") + self.raw

    def check(self, message, signature, pss=False):
        """Refuses unless the key made this signature, with SHA-256 where the kind of key asks for a hash."""
        if self.kind == "Ed25519":
            return ed25519(self.raw, message, signature)
        if self.kind == "EC":
            demand(len(kids(strict(signature))) == 2, "a signature value is not two numbers")
        else:
            demand(len(signature) == self.size, "an RSA signature is not as long as its key")
        if not pss:
            return demand_signature(self, (self.kind, "sha256"), message, signature)
        options = "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -sigopt rsa_mgf1_md:sha256"
        key = "-----BEGIN PUBLIC KEY-----\n%s-----END PUBLIC KEY-----\n" % base64.encodebytes(self.spki).decode()
        openssl(f"dgst -sha256 {options} -verify key -signature signature message", key=key.encode(), signature=signature, message=message)

def cose_key(data):
    """(algorithm, key) of a COSE_Key with exactly the members that its kind needs: ES256, EdDSA with Ed25519, RS256."""
    key = cbor(data)
    demand(isinstance(key, dict), "a public key is not a map")
    for number, fixed, parts, kind in ((-7, {1: 2, -1: 1}, (-2, -3), "EC"), (-8, {1: 1, -1: 6}, (-2,), "Ed25519"), (-257, {1: 3}, (-1, -2), "RSA")):
        if alike(key.get(3), number):
            demand(set(key) == {3, *fixed, *parts}, "a public key has other members than its kind")
            demand(all(alike(key[name], value) for name, value in fixed.items()), "a public key is of another kind than it says")
            return number, PublicKey(kind, *(octets(key[part]) for part in parts))
    raise Refused("the algorithm of a key is not ES256, EdDSA or RS256")

FLAGS = {"userPresent": 1, "userVerified": 4, "backupEligible": 8, "backupState": 16}

def authenticator_data(data, rp, enrolling):
    """Reads authenticator data to the last byte: for this relying party, somebody present and verified, a key only when enrolling."""
    demand(37 <= len(data) <= 8192, "the authenticator data is cut off or too long")
    flags, at, said = data[32], 37, {}
    if flags & 64:
        length = int.from_bytes(data[53:55], "big")
        demand(1 <= length <= 1023 and len(data) >= 55 + length, "the id of a credential is not of 1 to 1023 bytes")
        said["credentialId"], at = data[55 : 55 + length], Cbor(data, 55 + length).at
        said["cose"] = data[55 + length : at]
        said["algorithm"], said["key"] = cose_key(said["cose"])
        said["aaguid"] = "-".join(data[37:53].hex()[start:end] for start, end in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
    if flags & 128:
        extensions = Cbor(data, at)
        named = isinstance(extensions.value, dict) and all(isinstance(name, str) for name in extensions.value)
        demand(named, "the extensions of the authenticator data are no map of names")
        at = extensions.at
    demand(at == len(data), "bytes follow after the end of the authenticator data")
    said.update({name: bool(flags & bit) for name, bit in FLAGS.items()}, counter=int.from_bytes(data[33:37], "big"))
    demand(said["backupEligible"] or not said["backupState"], "a key is called backed up and yet not able to be")
    demand(data[:32] == sha256(rp.encode()), "the key is for another relying party")
    demand(said["userPresent"] and said["userVerified"], "the device does not say that somebody was present and verified")
    demand(enrolling == ("key" in said), "an assertion brings a key, or an enrolment none")
    return said

def client_data(data, kind, challenge, origins):
    """The origin in client data of this ceremony. Members may stand there in any order, and others between them."""
    said = loose(data, 4096)
    demand(said.get("type") == kind, "the client data is of another kind of ceremony")
    demand(unbase64url(said.get("challenge")) == challenge, "the challenge is that of something else")
    demand(isinstance(said.get("origin"), str) and said["origin"] in origins, "the origin is not one of those allowed")
    demand(said.get("crossOrigin", False) is False and "topOrigin" not in said, "the page stood inside a page of another origin")
    return said["origin"]

def nonce_and_times(manifest, moment_of):
    demand(len(unbase64url(manifest["nonce"])) == 32, "the nonce is not 32 bytes")
    start, end = moment(manifest["issuedAt"]), moment(manifest["expiresAt"])
    in_time = moment_of is None or start - timedelta(seconds=60) <= moment(moment_of) <= end
    demand(in_time, "it was not signed while the question stood")

ACT_MANIFEST = """bundleSha256 ceremonyId choice documentSha256 expiresAt issuedAt language nonce organisationId origin pageRelease
purpose reason rpId signer statement statementId v"""
SIGNING = """algorithm allowedOrigins assets authenticatorData clientDataJson coolingUntil counter credentialId enrolment flags
manifest method publicKeyCose publicKeySpki rpId signature v"""

def passkey(record):
    """What a signature by a passkey shows, from its record alone: the manifest, the level, and where the key was enrolled."""
    members(record, SIGNING)
    raw = record["manifest"].encode("utf-8")
    manifest = read_json(raw, ACT_MANIFEST)
    demand(alike(record["v"], 1) and alike(manifest["v"], 1), "the record or the manifest is not of format 1")
    hashes = texts_of(manifest["documentSha256"])
    demand(hashes and all(re.fullmatch(HASH, each) for each in hashes), "the manifest names no documents")
    nonce_and_times(manifest, None)
    algorithm, key = cose_key(unbase64url(record["publicKeyCose"]))
    demand(alike(record["algorithm"], algorithm) and unbase64url(record["publicKeySpki"]) == key.spki, "the record shows two keys")
    demand(isinstance(manifest["rpId"], str) and alike(record["rpId"], manifest["rpId"]), "the record names another relying party than was signed")
    client, data = unbase64url(record["clientDataJson"]), unbase64url(record["authenticatorData"])
    origin = client_data(client, "webauthn.get", sha256(b"beding/act/v1\n", raw), texts_of(record["allowedOrigins"]))
    demand(manifest["origin"] == origin, "it was signed at another origin than the manifest names")
    said = authenticator_data(data, record["rpId"], False)
    key.check(data + sha256(client), unbase64url(record["signature"]))
    right = all(alike(members(record["flags"], " ".join(FLAGS))[name], said[name]) for name in FLAGS)
    demand(right and alike(record["counter"], said["counter"]), "the record says something else than the device")
    if a_list(record["assets"]):
        listing = [f"{match(HASH, members(each, 'file sha256')['sha256'], 'a hash')[0]}  {string(each['file'])}\n" for each in record["assets"]]
        demand(sha256("".join(listing).encode()).hex() == manifest["pageRelease"], "the files of the page are not those of its release")
    demand(unbase64url(record["credentialId"]), "the record names no credential")
    place = members(record["enrolment"], "enrolledBy entryIndex leafSha256 logOrigin")
    demand(type(place["entryIndex"]) is int and whole(place["entryIndex"]) >= 0, "the enrolment stands at no index")
    match(HASH, place["leafSha256"], "the enrolment"), string(place["logOrigin"])
    demand(place["enrolledBy"] in RANKS, "the record does not say how the enroller was known")
    cooling = record["coolingUntil"] is not None and moment(record["coolingUntil"])
    claim = {**place, "cooling": cooling, **{name: record[name] for name in ("credentialId", "publicKeyCose", "rpId")}}
    level = place["enrolledBy"] if cooling else "passkey-bound"
    return {"manifest": manifest, "level": level, "copied": said["backupEligible"], "enrolment": claim}

def string(value):
    demand(isinstance(value, str), "a value is not a text")
    return value

def a_list(value):
    demand(isinstance(value, list), "a value is not a list")
    return value

REMOTE = "algorithm certificates manifest method nameComparison provider revocation root signature signedAt signer v"
PERSON = {"0603550403": "commonName", "060355042a": "givenName", "0603550404": "surname", "0603550405": "serialNumber"}
PERSON |= {"0603550406": "country", "0603550441": "pseudonym"}
QUALIFIED = {name: f"060604008e4601{number}" for name, number in (("compliance", "01"), ("device", "04"), ("type", "06"), ("law", "07"))}

def remote(record, pinned):
    """What a signature with a qualified key at a trust service provider shows, from its record and under a pinned root."""
    members(record, REMOTE)
    raw = record["manifest"].encode("utf-8")
    manifest = read_json(raw, ACT_MANIFEST)
    demand(alike(record["v"], 1) and alike(manifest["v"], 1), "the record or the manifest is not of format 1")
    hashes = texts_of(manifest["documentSha256"])
    demand(hashes and all(re.fullmatch(HASH, each) for each in hashes), "the manifest names no documents")
    texts_of([manifest["rpId"], manifest["origin"]])
    nonce_and_times(manifest, None)
    at, root_der = moment(record["signedAt"]), unbase64url(record["root"])
    demand(moment(manifest["issuedAt"]) <= at < moment(manifest["expiresAt"]), "it was signed at another time than it was asked for")
    chain = [certificate(unbase64url(each)) for each in texts_of(record["certificates"])]
    demand(0 < len(chain) <= 8, "the signature brings no chain, or too long a one")
    root = certificate(root_der)
    whole_chain = [*chain, root]
    demand(all(issued(below, above) for below, above in zip(whole_chain, whole_chain[1:])), "the certificates of the signer are not a chain")
    demand(chain[-1].der != root.der, "the chain of the signer leads to no root above it")
    demand_authorities(whole_chain)
    leaf = chain[0]
    demand(COMMIT in leaf.usage and CERTIFY not in leaf.usage, "the certificate of the signer is not for declarations")
    demand(all(each.valid(at) for each in whole_chain), "a certificate of the signer was not valid then")
    demand_qualified(leaf)
    pool, evidence = Pool([root], chain), []
    demand(len(a_list(record["revocation"])) <= 20, "the record says too much about revocation")
    for each in record["revocation"]:
        reader = {"ocsp": read_ocsp, "crl": read_list}[members(each, "der kind")["kind"]]
        evidence.append(reader(unbase64url(each["der"]), 0, pool))
    demand(standing(evidence, whole_chain, at, None) == "good", "nothing says that no certificate of the signer was revoked")
    kind = "RSA" if leaf.kind == "RSA" else "EC"
    signature = unbase64url(record["signature"])
    demand(kind == "RSA" or len(kids(strict(signature))) == 2, "a signature value is not two numbers")
    demand_signature(leaf, (kind, "sha256"), b"beding/act/v1\n" + raw, signature)
    demand(record["algorithm"] == {"RSA": "rsa-sha256", "EC": "ecdsa-sha256"}[kind], "the record names another algorithm than its key")
    person = person_in(leaf)
    full = " ".join(person[name] for name in ("givenName", "surname") if name in person) or person.get("commonName", person.get("pseudonym", ""))
    own = {"name": full, **{name: person.get(name) for name in ("commonName", "country", "serialNumber")}}
    demand(members(record["signer"], " ".join(own)) == own, "the record names another signer than the certificate")
    names = members(record["nameComparison"], "known outcome")
    known = isinstance(manifest["signer"], dict) and alike(names["known"], manifest["signer"].get("name"))
    demand(known and names["outcome"] in ("same", "similar"), "another name was compared than the manifest has")
    members(record["provider"], "baseUrl credentialId name region service soleControl specs")
    undecided = None if root_der in pinned else "the root of the signature is not among the pinned qualified ones"
    return {"manifest": manifest, "level": "qualified", "copied": False, "enrolment": None, "undecided": undecided, "by": full}

def demand_qualified(leaf):
    """ETSI EN 319 412-5: qualified, for signatures of persons, the key in a qualified device, under the law of the Union."""
    demand("06082b06010505070103" in leaf.others, "the certificate of the signer states nothing about being qualified")
    found = {}
    for oid, *value in map(kids, kids(strict(leaf.others["06082b06010505070103"]))):
        demand(oid[0] == 6 and oid.whole.hex() not in found, "a certificate makes a statement twice")
        found[oid.whole.hex()] = value
    right = QUALIFIED["compliance"] in found and QUALIFIED["device"] in found and QUALIFIED["law"] not in found
    types = [each.whole.hex() for each in kids(found[QUALIFIED["type"]][0])] if right and found.get(QUALIFIED["type"]) else []
    demand("060704008e46010601" in types, "the certificate is not a qualified one for signatures of persons")

def person_in(leaf):
    person = {}
    for oid, value in [tuple(kids(part)) for each in kids(strict(leaf.subject)) for part in kids(each, 0x31)]:
        name = PERSON.get(oid.whole.hex())
        demand(name is None or name not in person, "the certificate names its subject twice")
        person.update({name: value[1].decode("utf-8")} if name else {})
    return person

# Ways of signing by their name in the record; a further one is a function in this table. Each gets the pinned qualified roots.
METHODS = {"webauthn": lambda record, pinned: passkey(record), "csc": remote}

SAME = {name: name for name in "organisationId statementId purpose choice statement reason language pageRelease".split()}
SAME["ceremonyId"] = "assignmentId"

def signed_act(facts, bundle, pinned):
    """Checks the fact `signing`, and that what was signed is what the act says, as far as that is shown."""
    record = read_json(string(facts.get("signing")).encode("utf-8"))
    demand(isinstance(record, dict) and isinstance(record.get("method"), str), "the record of the signature names no method")
    demand(record["method"] in METHODS and facts.get("method", record["method"]) == record["method"], "the signature was made in another way")
    shown = METHODS[record["method"]](record, pinned)
    manifest = shown["manifest"]
    signer = members(manifest["signer"], "name personId")
    pairs = [(facts[name], manifest[member]) for member, name in SAME.items() if name in facts]
    pairs += [(facts[name], signer[member]) for name, member in (("personId", "personId"), ("personName", "name")) if name in facts]
    demand(all(alike(fact, signed) for fact, signed in pairs), "what was signed says something else than the act")
    if bundle:
        demand(manifest["bundleSha256"] == bundle["sha256"] and manifest["documentSha256"] == bundle["documents"], "other documents were signed")
    elif facts.get("bundleManifest", "") is None:
        same = manifest["documentSha256"] == [facts.get("documentSha256", manifest["documentSha256"][0])]
        demand(manifest["bundleSha256"] is None and same, "other documents were signed")
    nonce_and_times(manifest, facts.get("actedAt"))
    return shown

def read_bundle(raw):
    """A bundle: one main document and annexes, and every reference from a page that is there to a document that is there."""
    found = read_json(string(raw).encode("utf-8"), "documents language organisationId purpose references statements v")
    demand(alike(found["v"], 1), "the bundle is not of format 1")
    pages, mains = {}, []
    for each in a_list(found["documents"]):
        members(each, "byteLength documentId language mark pages role sha256 title")
        demand(match(HASH, each["sha256"], "a hash")[0] not in pages, "a document stands in the bundle twice")
        demand(type(each["pages"]) is int and each["pages"] > 0 and each["role"] in ("main", "annex"), "a document of the bundle is wrong")
        pages[each["sha256"]] = each["pages"]
        mains += [each["sha256"]] if each["role"] == "main" else []
    demand(len(mains) == 1, "the bundle does not have exactly one main document")
    for each in a_list(found["references"]):
        members(each, "from page text to")
        demand(string(each["from"]) in pages and string(each["to"]) in pages, "the bundle refers to a document that is not in it")
        demand(type(each["page"]) is int and 1 <= each["page"] <= pages[each["from"]], "the bundle refers from a page that is not there")
    return {**found, "sha256": sha256(raw.encode("utf-8")).hex(), "documents": list(pages), "main": mains[0]}

def bundle_of_act(facts, documents):
    bundle = read_bundle(facts["bundleManifest"])
    for name in ("organisationId", "purpose", "language"):
        demand(name not in facts or alike(facts[name], bundle[name]), f"the bundle says something else than the fact {name}")
    demand(facts.get("documentSha256", bundle["main"]) == bundle["main"], "the document of the act is not the main one of its bundle")
    asked = [members(each, "kind statementId subject")["statementId"] for each in a_list(bundle["statements"])]
    demand("statementId" not in facts or facts["statementId"] in asked, "the bundle does not ask for the statement of the act")
    demand(documents is None or set(bundle["documents"]) <= set(documents), "a document of the bundle is not in the dossier")
    return bundle

RANKS = {"mailbox-employer": 0, "mailbox-private": 1, "phone-otp": 1, "sso": 2, "sso-mfa": 3, "passkey-bound": 4}
RANKS |= {"passkey-bound-attested": 5, "qualified": 6}
KNOWN_BY = {"link": "mailbox-employer", "mailbox-code": "mailbox-private", "totp": "phone-otp", "oidc": "sso-mfa"}

def rank(level):
    return RANKS.get(level) if isinstance(level, str) else None

def known_as(record_text, facts, when_):
    """The level that the record of an authentication supports; of a single sign-on the ID token is verified anew."""
    record = read_json(string(record_text).encode("utf-8"))
    demand(isinstance(record, dict) and record.get("v") == "beding-authentication/v1", "the authentication is of no known format")
    most = KNOWN_BY.get(string(record.get("method")))
    level = rank(record.get("assurance"))
    demand(most and level is not None and level <= rank(most), "this way of signing in cannot give the level it claims")
    at = moment(record.get("at"))
    demand(when_ not in facts or at <= moment(facts[when_]) + timedelta(seconds=60), "the person was known only afterwards")
    for name in ("organisationId", "personId"):
        demand(name not in record or name not in facts or alike(record[name], facts[name]), "the authentication is that of somebody else")
    if record["method"] == "oidc":
        check_sign_on(record, at)
    return record["assurance"]

def check_sign_on(record, at):
    said = id_token(string(record.get("idToken")), record.get("jwk"))
    audience = said.get("aud")
    audience = audience[0] if isinstance(audience, list) and len(audience) == 1 else audience
    pairs = [(said.get("iss"), "issuer"), (audience, "clientId"), (said.get("nonce"), "nonce"), (said.get("acr"), "acr")]
    pairs.append((sha256(string(said.get("sub")).encode()).hex(), "subjectSha256"))
    demand(all(name in record and alike(claim, record[name]) for claim, name in pairs), "the ID token says something else than the record")
    demand(None not in (said.get("iss"), audience, said.get("nonce")), "the ID token does not say who spoke to whom")
    factors = texts_of([] if said.get("amr") is None else said["amr"])
    demand(factors == texts_of(record.get("amr")), "the ID token says something else than the record")
    demand(record["assurance"] != "sso-mfa" or record["acr"] is not None or factors, "the provider names no second factor")
    seconds = [said.get("auth_time"), said.get("exp"), said.get("iat"), record.get("maxAge_s")]
    demand(all(type(each) is int and 0 <= each < 10**11 for each in seconds), "the ID token does not say when")
    start = datetime(1970, 1, 1, tzinfo=timezone.utc)
    authenticated, expires, issued_at, most = (timedelta(seconds=each) for each in seconds)
    now, slack = at - start, timedelta(seconds=60)
    demand(moment(record.get("authTime")) - start == authenticated, "the record says another moment of proof")
    demand(authenticated - slack <= now <= authenticated + most + slack, "the person did not prove themselves as freshly as was asked")
    demand(issued_at - slack <= now <= expires + slack, "the ID token was not valid then")

def id_token(token, jwk):
    """The claims of a JWS in compact form, signed by this JWK: RS256, PS256, ES256, or EdDSA with Ed25519."""
    head, body, signature = token.split(".")
    header = loose(unbase64url(head), 16384)
    known = isinstance(jwk, dict) and "kty" in jwk and set(jwk) <= set("alg crv e kid kty n use x y".split())
    demand(known and "crit" not in header, "the key or the header has members that are not known here")
    demand("kid" not in header or "kid" not in jwk or alike(header["kid"], jwk["kid"]), "the ID token names another key")
    algorithm = header.get("alg")
    demand("alg" not in jwk or alike(jwk["alg"], algorithm), "the key is for another algorithm")
    kinds = {"EdDSA": ("OKP", "Ed25519"), "ES256": ("EC", "P-256"), "RS256": ("RSA", None), "PS256": ("RSA", None)}
    demand(string(algorithm) in kinds, "the ID token is signed in a way that is not known here")
    kind, curve = kinds[algorithm]
    demand(jwk["kty"] == kind and (curve is None or jwk.get("crv") == curve), "the key is of another kind")
    parts = [unbase64url(jwk.get(name)) for name in {"OKP": "x", "EC": "xy", "RSA": "ne"}[kind]]
    signature = unbase64url(signature)
    if kind == "EC":
        demand(len(signature) == 64, "the signature of the ID token is not 64 bytes")
        signature = element(0x30, *(unsigned(half.lstrip(b"\0") or b"\0") for half in (signature[:32], signature[32:])))
    PublicKey(curve if kind == "OKP" else kind, *parts).check(f"{head}.{body}".encode(), signature, algorithm == "PS256")
    return loose(unbase64url(body), 16384)

ENROLMENT = """aaguid algorithm allowedOrigins attestationFormat attestationObject attestationRoot attestationRootSha256 attested
authentication backupEligible backupState clientDataJson counter credentialId enrolledAt enrolledBy manifest organisationId origin
personId personName publicKeyCose publicKeySpki rpId signingCredentialId transports userAgent userPresent userVerified"""

def read_enrolment(facts):
    """Makes an enrolment anew from its facts: the device made exactly this key, in answer to exactly this manifest."""
    members(facts, ENROLMENT)
    texts_of([facts[name] for name in "organisationId personId signingCredentialId credentialId publicKeyCose rpId enrolledBy".split()])
    raw = facts["manifest"].encode("utf-8")
    manifest = read_json(raw, "expiresAt issuedAt nonce organisationId origin pageRelease rpId sessionSha256 signer v")
    signer = members(manifest["signer"], "name personId")
    same = [(manifest[name], name) for name in ("organisationId", "rpId", "origin")] + [(signer["personId"], "personId"), (signer["name"], "personName")]
    demand(alike(manifest["v"], 1) and all(alike(value, facts[name]) for value, name in same), "the manifest says something else than the enrolment")
    nonce_and_times(manifest, facts["enrolledAt"])
    root = None if facts["attestationRoot"] is None else unbase64url(facts["attestationRoot"])
    demand(facts["attestationRootSha256"] == (None if root is None else sha256(root).hex()), "the enrolment names another root than it shows")
    client, attestation = unbase64url(facts["clientDataJson"]), unbase64url(facts["attestationObject"])
    origin = client_data(client, "webauthn.create", sha256(b"beding/enrolment/v1\n", raw), texts_of(facts["allowedOrigins"]))
    demand(len(attestation) <= 32768, "the attestation object is too long")
    made = cbor(attestation)
    demand(isinstance(made, dict) and set(made) == {"fmt", "attStmt", "authData"} and isinstance(made["attStmt"], dict), "this is no attestation object")
    match(r"[!-~]{1,32}", made["fmt"], "the format of the attestation")
    said = authenticator_data(octets(made["authData"]), string(facts["rpId"]), True)
    certified = check_attestation(made["fmt"], made["attStmt"], said, made["authData"] + sha256(client), root, facts["enrolledAt"])
    device = {name: said[name] for name in (*FLAGS, "aaguid", "algorithm", "counter")}
    url = lambda data: base64.urlsafe_b64encode(data).decode().rstrip("=")
    device |= {"attestationFormat": made["fmt"], "origin": origin, "credentialId": url(said["credentialId"])}
    device |= {"publicKeyCose": url(said["cose"]), "publicKeySpki": url(said["key"].spki)}
    demand(all(alike(facts[name], value) for name, value in device.items()), "the device said something else than the enrolment")
    demand(facts["attested"] is False or facts["attested"] is True and certified, "no certificate of a maker vouches for the device")
    by, level = rank(facts["enrolledBy"]), 0
    if facts["authentication"] is not None:
        level = rank(known_as(facts["authentication"], facts, "enrolledAt"))
    demand(by is not None and by <= level, "the person was not known as well as the enrolment claims")
    return {**facts, "attested": facts["attested"] and not said["backupEligible"]}

def check_attestation(form, statement, said, signed, root, enrolled_at):
    """Checks what stands behind a new key; says whether it is a certificate under the root."""
    demand(form != "none" or not statement, "an attestation of the format none says something")
    if form != "packed":
        return False
    demand({"alg", "sig"} <= set(statement) <= {"alg", "sig", "x5c"}, "a packed attestation has other members")
    signature = octets(statement["sig"])
    if "x5c" not in statement:
        demand(alike(statement["alg"], said["algorithm"]), "the attestation names another algorithm than its key")
        said["key"].check(signed, signature)
        return False
    demand(0 < len(a_list(statement["x5c"])) <= 8, "the attestation brings no certificates")
    leaf, *others = (certificate(octets(each)) for each in statement["x5c"])
    demand(statement["alg"] in (-7, -257), "the algorithm of an attestation is not ES256 or RS256")
    if statement["alg"] == -7:
        demand(len(kids(strict(signature))) == 2, "a signature value is not two numbers")
    demand_signature(leaf, ("EC" if statement["alg"] == -7 else "RSA", "sha256"), signed, signature)
    country, organisation, unit = (leaf.names.get(f"06035504{number}", b"") for number in ("06", "0a", "0b"))
    demand(re.fullmatch(rb"[A-Z]{2}", country) and organisation and leaf.names.get("0603550403"), "the certificate names no maker")
    demand(unit == b"Authenticator Attestation" and not leaf.authority, "the certificate is not for attestations")
    model = leaf.others.get("060b2b0601040182e51c010104")
    demand(model is None or content(strict(model), 4).hex() == said["aaguid"].replace("-", ""), "the certificate is for another model")
    if root is None:
        return False
    top = certificate(root)
    if top.der == leaf.der:
        return not others
    path, unused = [leaf], [each for each in others if each.der != top.der]
    while unused:
        above = next((each for each in unused if issued(path[-1], each)), None)
        demand(above and above.subject != above.issuer, "a certificate does not belong to the chain of the attestation")
        unused.remove(above)
        path.append(above)
    if not issued(path[-1], top):
        return False
    demand(all(each.authority for each in [*path[1:], top]), "a certificate above the attestation is not that of an authority")
    demand(all(each.valid(moment(enrolled_at)) for each in [*path, top]), "a certificate of the attestation was not valid then")
    return True

COOLING = timedelta(hours=72)

class Keys:
    """What the entries before an act say of keys: enrolled, ended, reset; and of releases of the page."""

    def __init__(self, report):
        self.report, self.enrolled, self.ended, self.resets = report, {}, [], []

    def see(self, place, index, entry, facts, raw):
        kind, shown = entry["kind"], len(facts) == len(entry["c"])
        if kind == "signing-credential-enrolled":
            good = shown and self.report.check(f"{place} enrolment record", read_enrolment, facts)
            self.enrolled[index] = {"leaf": sha256(b"\0", raw).hex(), "shown": shown, "enrolment": good if shown else None}
        if kind == "page-release" and shown:
            self.report.check(f"{place} page release", self.release, facts)
        if kind in ("signing-credential-revoked", "signing-reset"):
            several = facts.get("signingCredentialIds")
            ids = {facts.get("signingCredentialId"), *(several if isinstance(several, list) else [])}
            person = facts.get("personId") if kind == "signing-reset" else None
            self.ended.append((index, set(entry["refs"]), ids, person))
            if person and isinstance(facts.get("resetAt"), str):
                self.resets.append((index, person, moment(facts["resetAt"])))

    def release(self, facts):
        files = [match(rf"(.*):({HASH})", each, "a file of the page").groups() for each in texts_of(facts.get("assets"))]
        listing = "".join(f"{digest}  {name}\n" for name, digest in files)
        demand(sha256(listing.encode()).hex() == facts.get("release"), "the release of the page is not that of its files")

    def check(self, facts, claim, index, origin):
        """The enrolment of the key of an act: earlier in this log, the same person and key, not ended since."""
        number = claim["entryIndex"]
        if claim["logOrigin"] != origin:
            raise Undecided(f"the key was enrolled in another log, {claim['logOrigin']}, entry {number}")
        found = self.enrolled.get(number)
        if found and not found["shown"]:
            raise Undecided(f"the enrolment, entry {number}, is not shown whole")
        demand(found and found["leaf"] == claim["leafSha256"], f"entry {number} is not the enrolment that was signed with")
        enrolment = found["enrolment"]
        demand(isinstance(enrolment, dict) and number < index, f"the enrolment, entry {number}, does not hold")
        for name in ("organisationId", "personId"):
            demand(alike(facts.get(name, enrolment[name]), enrolment[name]), "the key is that of somebody else")
        for name in ("credentialId", "publicKeyCose", "rpId", "enrolledBy"):
            demand(alike(claim[name], enrolment[name]), f"the act names another {name} than the enrolment")
        for end, refs, ids, person in self.ended:
            mine = number in refs or enrolment["signingCredentialId"] in ids or person == enrolment["personId"]
            demand(not (number < end < index and mine), f"the key had been ended, by entry {end}, before the act")
        if "actedAt" in facts and not claim["cooling"]:
            starts = [at for reset, person, at in self.resets if reset < index and person == enrolment["personId"]]
            starts += [moment(enrolment["enrolledAt"])] if enrolment["enrolledBy"] == "mailbox-employer" else []
            cools = any(moment(facts["actedAt"]) < start + COOLING for start in starts)
            demand(not cools, "the act says nothing of the cooling period in which it was done")
        return {"attested": enrolment["attested"]}

def check_act(report, place, facts, shown_whole, index, origin, keys=None, anchors=None, documents=None):
    """Checks all that an act brings to show who did it and what it was about, and that its level is not above that."""
    given = lambda name: facts.get(name) is not None
    bundle = given("bundleManifest") and report.check(f"{place}bundle", bundle_of_act, facts, documents)
    known = given("authentication") and report.check(f"{place}authentication", known_as, facts["authentication"], facts, "actedAt")
    signed, attested = None, None
    says_so = facts.get("method") in ("webauthn", "csc") and (shown_whole or "signing" in facts)
    if given("signing") or says_so:
        signed = report.check(f"{place}act signature", signed_act, facts, bundle, report.trust.qualified)
    if signed and keys and signed["enrolment"]:
        claim = signed["enrolment"]
        found = report.check(f"{place}enrolment", keys.check, facts, claim, index, origin)
        attested = found and found["attested"]
        if found and anchors is not None:
            between = [each["time"] for each in anchors if each["time"] and claim["entryIndex"] < each["size"] <= index]
            def anchored():
                if not between:
                    raise Undecided("no time-stamp lies between the enrolment of the key and the act")
            report.check(f"{place}enrolment anchored", anchored)
            if between:
                report.facts.append(f"{place.strip()}: its key was in the log by {min(between):%Y-%m-%d %H:%M:%S} UTC, known by {claim['enrolledBy']}")
    if signed and "by" in signed:
        report.facts.append(f"{place.strip()}: a key at a provider, certified for {signed['by']}, signed exactly this sentence and these document hashes")
    elif signed:
        report.facts.append(f"{place.strip()}: this device's key signed exactly this sentence and these document hashes; not whose hand unlocked it")
        report.facts += [f"{place.strip()}: the key says that it can be copied: it may exist on more than one device"] if signed["copied"] else []
    if "assurance" in facts and (facts["assurance"] != "mailbox-employer" or "signing" in facts):
        report.check(f"{place}assurance", level_of_act, facts, shown_whole, known, signed, attested)
    if rank(facts.get("requiredAssurance")) is not None and (rank(facts.get("assurance")) or 0) < rank(facts["requiredAssurance"]):
        report.facts.append(f"{place.strip()}: done below {facts['requiredAssurance']}, which the organisation required for it")
    if facts.get("choice") == "agreed-conditionally":
        report.facts.append(f"{place.strip()}: agreed-conditionally is not an agreement; the condition stands in the reason")

def level_of_act(facts, shown_whole, known, signed, attested):
    level = string(facts["assurance"])
    if level in ("imported", "paper", "oral", "workshop") and not signed:
        return
    claimed = rank(level)
    demand(claimed is not None, f"{level} is not a level")
    reached = max(0, rank(known) or 0, rank(signed["level"]) if signed else 0)
    if signed and signed.get("undecided") and claimed == rank(signed["level"]):
        raise Undecided(signed["undecided"])
    attestable = level == "passkey-bound-attested" and signed and signed["level"] == "passkey-bound" and not signed["copied"]
    if claimed <= reached or attestable and attested:
        return
    if attestable and attested is None:
        raise Undecided("whether the maker vouches for the device stands in an enrolment that is not here")
    if not shown_whole and not {"authentication", "signing"} <= set(facts):
        raise Undecided(f"what would show {level} is not disclosed")
    raise Refused(f"the evidence does not show {level}")

# --- entries and their proofs

ACT = """actId actedAt address assignmentId assurance choice deliveredAt deliveryChannel documentSha256 documentTitle
effectiveFrom evidenceLevel language method networkClass openedAt organisationId organisationName otherEditionsSha256
personEntryNumber personExternalId personId personName policyId policyName previousPersonEntry reason statement userAgent
versionNumber""".split()
LATER = "authentication bundleManifest pageRelease purpose requiredAssurance signing statementId".split()

def act_names(length):
    """The names of the facts of an act with so many: acts from before there were bundles and signatures have fewer."""
    return ACT if length == len(ACT) else sorted(ACT + LATER)

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
    names = act_names(len(facts) if whole_act else len(ACT) + len(LATER))
    demand(set(facts) <= set(names) and (not whole_act or len(facts) == len(names)), "the facts are not exactly those of an act")
    policy = [facts[name] is None for name in "policyId policyName versionNumber effectiveFrom".split() if name in facts]
    demand(len(set(policy)) < 2, "the facts of a policy version are there in part")
    demand(not whole_act or policy[0] == (facts.get("bundleManifest") is not None), "the act is not about exactly one of a policy version and a bundle")
    for name, value in expected.items():
        demand(facts.get(name, value) == value, f"{name} is another one")

def documents_in(facts):
    """Hashes of documents that facts name, directly or as language:hash."""
    found = [facts.get("documentSha256"), *(facts.get("otherEditionsSha256") or []), *(facts.get("documents") or [])]
    with contextlib.suppress(Exception):
        found += read_bundle(facts["bundleManifest"])["documents"]
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
    evidence = report.check(f"{place}evidence form", read_evidence, data)
    if not evidence:
        return None, {}
    raw, proof = (str(evidence[name]).encode("utf-8", "replace") for name in ("entry", "tlogProof"))
    entry = report.check(f"{place}entry", read_entry, raw)
    extra, index, note = check_proof(report, place, proof, raw)
    facts = entry and report.check(f"{place}disclosures", disclosed, entry, evidence["disclosures"])
    if note and isinstance(facts, dict):
        organisation = note["origin"].split("/")[-1]
        report.check(f"{place}act facts", act_facts, facts, True, {"organisationId": organisation})
        report.demand(f"{place}kind", entry["kind"] == "act", "the receipt is not about an act")
        keys = check_supporting(report, place, evidence["supporting"], index, note["origin"]) if "supporting" in evidence else None
        check_act(report, place, facts, True, index, note["origin"], keys)
        report.facts.append(act_line(index, facts))
    return extra, facts if isinstance(facts, dict) else {}

def read_evidence(data):
    """evidence.json: format 1 has the act alone, format 2 also the entries that it rests on."""
    evidence = read_json(data)
    second = isinstance(evidence, dict) and evidence.get("format") == "beding-evidence/v2"
    members(evidence, "disclosures entry format supporting tlogProof" if second else "disclosures entry format tlogProof")
    demand(second or evidence["format"] == "beding-evidence/v1", "this is another format")
    if second:
        demand(0 < len(a_list(evidence["supporting"])) <= 8, "the entries that the act rests on are not a list")
        for each in evidence["supporting"]:
            members(each, "disclosures entry tlogProof")
    return evidence

def check_supporting(report, place, list_, act_index, origin):
    """Checks the entries that an act rests on, like its own: before it, in order, in the same log, shown whole."""
    keys, before = Keys(report), -1
    for number, each in enumerate(list_, 1):
        inside = f"{place}supporting {number} "
        raw, proof = (str(each[name]).encode("utf-8", "replace") for name in ("entry", "tlogProof"))
        entry = report.check(f"{inside}entry", read_entry, raw)
        _, index, note = check_proof(report, inside, proof, raw)
        facts = entry and report.check(f"{inside}disclosures", disclosed, entry, each["disclosures"])
        order = note and note["origin"] == origin and before < index < act_index and isinstance(facts, dict) and len(facts) == len(entry["c"])
        if report.demand(f"{inside}place", order, "the entry does not stand before the act in its log, in order and whole"):
            keys.see(inside.strip(), index, entry, facts, raw)
            before = index
    return keys

def act_line(index, facts):
    names = "personName choice policyName versionNumber actedAt assurance".split()
    return f"entry {index}, claimed by the server: " + ", ".join(f"{name} {facts.get(name, '(not there)')}" for name in names)

OTHER_KINDS = {
    "annex.json": "annex",
    "warning.json": "warning",
    "report.json": "dossier-report",
    "exit-letter.json": "exit-letter",
}

def other_content(name, content):
    value = read_json(content)
    right = name in OTHER_KINDS and isinstance(value, dict) and value.get("kind") == OTHER_KINDS[name]
    demand(name == "policy.json" or right, "the attached file has no meaning here, or says that it is of another kind")

def check_pdf(report, place, data, organisation=None):
    """Checks a sealed PDF; returns what it holds, ("edition", SHA-256 of policy.json) or ("receipt", entry bytes), and its revisions."""
    revisions = report.check(f"{place}structure", read_revisions, data)
    if not revisions:
        return None, None
    steps, whole_history = check_history(report, place, data, revisions)
    found = check_levels(report, place, data, revisions, steps, whole_history)
    name, content = report.check(f"{place}attachment", attachment, revisions[0]) or (None, None)
    held = None
    if name == "evidence.json":
        extra, facts = check_receipt(report, place, content)
        held, organisation = ("receipt", extra), organisation or facts.get("organisationId")
    elif name:
        report.check(f"{place}content", other_content, name, content)
        held = ("edition", hashlib.sha256(content).hexdigest()) if name == "policy.json" else None
    for owner in [owner.decode() for owner in found["owners"] if owner and organisation]:
        report.demand(f"{place}seal owner", owner == organisation, f"the seal is that of organisation {owner}")
    return held, found

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
    tops = lambda: pem_blocks(files["keys/root.pem"], "CERTIFICATE")
    report.check("keys/root.pem", lambda: demand(tops(), "it is empty") or are_pinned(tops(), trust.roots))
    roots = lambda: pem_blocks(files["keys/tsa-roots.pem"], "CERTIFICATE")
    report.check("keys/tsa-roots.pem", lambda: are_pinned([each for each in roots() if each in trust.tsa] or roots(), trust.tsa))
    named = lambda: vkey() in read_policy(files["policy.txt"].decode())["logs"]
    report.check("policy.txt", lambda: demand(named(), "the policy does not name the key in keys/log.vkey"))

RECORD = " frozenLength length level revisions sha256OfFile"

def read_record(line):
    """What the manifest says of a document: its revisions grow, one of them has its name, and the last is its whole file."""
    if "revisions" in line:
        lengths = [whole(members(each, "kind length sha256")["length"]) for each in line["revisions"]]
        demand(lengths and lengths == sorted(set(lengths)) and lengths[0] > 0, "the revisions of a document do not grow")
        demand(all(re.fullmatch(HASH, each["sha256"]) for each in line["revisions"]) and line["level"] in (*LEVELS, "none"), "a record is wrong")
        uploaded = [each["kind"] for each in line["revisions"]] == ["uploaded"]
        demand((line["level"] == "none") == uploaded, "only a file from elsewhere, as it came, is without a level")
        known = [(each["length"], each["sha256"]) for each in line["revisions"]]
        right = (line["frozenLength"], line["sha256"]) in known and known[-1] == (line["length"], line["sha256OfFile"])
        demand(right, "a record is not that of its document")

def read_manifest(files, entries, anchors, documents):
    """The manifest, which lists exactly the entries, anchors and documents that are there."""
    names = "anchors checkpointSize createdAt documents dossierId entries format organisation subject unanchored"
    manifest = read_json(files["manifest.json"], names)
    demand(manifest["format"] in ("beding-dossier/v2", "beding-dossier/v3"), "the dossier is not of format beding-dossier/v3")
    moment(manifest["createdAt"])
    for holder, name in ((manifest, "dossierId"), (manifest["organisation"], "id"), (manifest["subject"], "id")):
        match(UUID, holder[name], f"an id ({name})")
    match("person|policy|act", manifest["subject"]["kind"], "the subject")
    members(manifest["organisation"], "id name"), members(manifest["subject"], "id kind")
    for each in manifest["entries"]:
        members(each, "documents index kind")
        demand(set(each["documents"]) <= set(documents), "the manifest ties an entry to a document that is not there")
    for each in manifest["documents"]:
        read_record(members(each, "file sha256 title" + RECORD * manifest["format"].endswith("v3")))
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
        named = named & set(act_names(len(each["c"]))) if each["kind"] == "act" else named
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
    (line,) = [each for each in manifest["documents"] if each["sha256"] == digest] if manifest else [{}]
    # A file that was made elsewhere has no seal: what proves it is that an entry names its hash.
    elsewhere, owner = line.get("level") == "none", manifest and manifest["organisation"]["id"]
    held, found = (None, None) if elsewhere else check_pdf(report, f"{name} ", files[name], owner)
    if elsewhere or "revisions" not in line:
        right = hashlib.sha256(files[name]).hexdigest() == digest
        report.demand(f"{name} hash", right, "the document is not the one its name says")
    elif found:
        frozen = [(number, sha) for number, (_, length, sha) in enumerate(found["revisions"]) if length == line["frozenLength"]]
        right = frozen and frozen[0][0] > 0 and frozen[0][1] == digest
        report.demand(f"{name} hash", right, "the document is not the one its name says")
        recorded = [(each["kind"], each["length"], each["sha256"]) for each in line["revisions"]]
        report.demand(f"{name} revisions", recorded == found["revisions"], "a revision that the manifest records is cut off or another")
        def level():
            if not found["level"]:
                raise Undecided("no level was reached, so the recorded one was not confirmed")
            right = LEVELS.index(found["level"]) >= LEVELS.index(line["level"])
            demand(right, f"the document reaches {found['level']}, below the recorded level {line['level']}")
        report.check(f"{name} recorded level", level)
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
    keys = Keys(report)
    for each in entries:
        check_time(report, each, anchors)
        place = f"entries/{each['index']:012}"
        keys.see(place, each["index"], each, each["facts"], each["raw"])
        if each["kind"] == "act" and head:
            check_act(report, f"{place} ", each["facts"], not each["hidden"], each["index"], head["origin"], keys, anchors, documents)
    for digest in documents:
        check_document(report, files, manifest, entries, digest)

# --- the command

def verify(data, file, trust, least=None):
    """The report on one file. The same bytes and keys give the same report; `least` is the level that PDFs must reach."""
    report = Report(file, trust, least)
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
    parser.add_argument("--at-least", metavar="LEVEL", choices=LEVELS)
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
                report = verify(opened.read(), file, trust, chosen.at_least)
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
