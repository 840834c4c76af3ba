package dev.wick.store.access;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** A token as the reserved gateway keeps it: lines of text, the format first. */
record TokenDocument(Token token, byte[] hash) {

    private static final String FORMAT = "token 1";

    byte[] write() {
        return String.join(
                        "\n",
                        FORMAT,
                        HexFormat.of().formatHex(hash),
                        token.role().spelling(),
                        token.created().toString(),
                        token.comment())
                .getBytes(StandardCharsets.UTF_8);
    }

    static TokenDocument read(String id, byte[] document) {
        List<String> lines = new String(document, StandardCharsets.UTF_8).lines().toList();
        Role role = lines.size() < 4 ? null : Role.spelled(lines.get(2));
        if (role == null || !lines.getFirst().equals(FORMAT)) {
            throw new IllegalStateException(
                    "token " + id + ": unknown format (expected: " + FORMAT + ")");
        }
        String comment = lines.size() < 5 ? "" : lines.get(4);
        Token token = new Token(id, role, comment, Instant.parse(lines.get(3)));
        return new TokenDocument(token, HexFormat.of().parseHex(lines.get(1)));
    }
}
