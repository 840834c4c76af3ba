package dev.wick.e2e.twin;

import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.RawHttp2;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns a request that is written like HTTP/1 into frames. */
final class Http2Text {

    private Http2Text() {}

    /** Sends it on a stream of its own; the stream's number. */
    static int send(RawHttp2 client, String text) {
        int empty = text.indexOf("\r\n\r\n");
        String[] head = text.substring(0, empty).split("\r\n");
        String rest = text.substring(empty + 4);
        int dashes = ("\r\n" + rest).indexOf("\r\n---\r\n");
        String body = dashes < 0 ? rest : rest.substring(0, Math.max(0, dashes - 2));
        String trailers = dashes < 0 ? "" : rest.substring(dashes + 5);
        int stream = client.headers(fields(head), body.isEmpty() && trailers.isEmpty());
        if (!body.isEmpty()) {
            byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
            client.data(stream, bytes, trailers.isEmpty());
        }
        if (!trailers.isEmpty()) {
            List<Field> fields = new ArrayList<>();
            trailers.strip().lines().forEach(line -> fields.add(field(line)));
            client.headers(stream, fields, true);
        }
        return stream;
    }

    /** Pseudo header fields first, those of the request line unless a line replaces them. */
    private static List<Field> fields(String[] head) {
        String[] words = head[0].split(" ");
        List<Field> pseudo =
                new ArrayList<>(
                        List.of(
                                new Field(":method", words[0]),
                                new Field(":scheme", "http"),
                                new Field(":path", words[1])));
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < head.length; i++) {
            Field field = field(head[i]);
            if (field.name().startsWith(":")) {
                pseudo.removeIf(one -> one.name().equals(field.name()));
                if (!field.value().equals("(none)")) {
                    pseudo.add(field);
                }
            } else {
                fields.add(field);
            }
        }
        pseudo.addAll(fields);
        return pseudo;
    }

    private static Field field(String line) {
        int colon = line.startsWith(": ") ? 0 : line.indexOf(':', 1);
        return new Field(line.substring(0, colon), line.substring(colon + 1).stripLeading());
    }
}
