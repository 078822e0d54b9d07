#!/bin/sh
# Writes the files beside it again. Needs qpdf (11.3 wrote those that are kept); their passwords are no secret.
# Each scheme twice: `-locked` asks for a password to open, `-restricted` only forbids to print and to change.
set -eu
cd "$(dirname "$0")"

# A document of one page, of nobody.
cat > source.txt <<'PDF'
%PDF-1.7
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>
endobj
4 0 obj
<< /Length 44 >>
stream
BT /F 12 Tf 20 50 Td (/Encrypt 5 0 R) Tj ET
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
trailer
<< /Root 1 0 R /Size 6 >>
PDF
seal() { # NAME KEY-LENGTH OPTION…
	name=$1 length=$2
	shift 2
	for objects in table stream; do
		kept=disable
		[ $objects = table ] || kept=generate
		for user in locked restricted; do
			password=
			[ $user = restricted ] || password=ouvre
			qpdf --static-id --allow-weak-crypto --object-streams=$kept \
				--encrypt "$password" proprietaire "$length" "$@" -- plain.pdf "$name-$objects-$user.pdf"
		done
	done
}
# The references of the text above are missing, which is a warning (3).
qpdf --no-warn --static-id --stream-data=uncompress --object-streams=disable source.txt plain.pdf || [ $? = 3 ]
qpdf --static-id --stream-data=uncompress --object-streams=generate plain.pdf plain-stream.pdf
seal rc4-40 40 --print=n --modify=n
seal rc4-128 128 --print=none --modify=none --use-aes=n
seal rc4-128-filter 128 --print=none --modify=none --use-aes=n --force-V4
seal aes-128 128 --print=none --modify=none --use-aes=y
seal aes-128-metadata 128 --print=none --modify=none --use-aes=y --cleartext-metadata
seal aes-256-first 256 --print=none --modify=none --force-R5
seal aes-256 256 --print=none --modify=none
# Nobody gave the one who wrote it a password: then an empty one opens it as its owner.
qpdf --static-id --encrypt ouvre "" 256 --allow-insecure -- plain.pdf aes-256-ownerless-restricted.pdf
# Laid for the Web: the references of the first page come first.
qpdf --static-id --linearize aes-256-table-locked.pdf aes-256-linear-locked.pdf --password=ouvre
qpdf --static-id --linearize aes-256-table-restricted.pdf aes-256-linear-restricted.pdf
rm source.txt
