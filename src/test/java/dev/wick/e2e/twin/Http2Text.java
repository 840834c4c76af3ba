package dev.wick.e2e.twin;

import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.RawHttp2;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns messages that are written like HTTP/1 into frames. */
final class Http2Text {

    private Http2Text() {}

    /** Sends it on a stream of its own; the stream's number. */
    static int send(RawHttp2 client, String text) {
        return send(client, 0, text);
    }

    /** Answers on {@code stream}: {@code HTTP/2 200}, fields, body and trailers. */
    static void answer(RawHttp2 server, int stream, String text) {
        send(server, stream, text);
    }

    private static int send(RawHttp2 side, int answered, String text) {
        int empty = text.indexOf("\r\n\r\n");
        String[] head = text.substring(0, empty).split("\r\n");
        String rest = text.substring(empty + 4);
        int dashes = ("\r\n" + rest).indexOf("\r\n---\r\n");
        String body = dashes < 0 ? rest : rest.substring(0, Math.max(0, dashes - 2));
        String trailers = dashes < 0 ? "" : rest.substring(dashes + 5);
        boolean headOnly = body.isEmpty() && trailers.isEmpty();
        int stream = answered;
        if (answered == 0) {
            stream = side.headers(fields(head), headOnly);
        } else {
            boolean interim = head[0].startsWith("HTTP/2 1");
            side.headers(stream, fields(head), headOnly && !interim);
        }
        if (!body.isEmpty()) {
            byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
            side.data(stream, bytes, trailers.isEmpty());
        }
        if (!trailers.isEmpty()) {
            List<Field> fields = new ArrayList<>();
            trailers.strip().lines().forEach(line -> fields.add(field(line)));
            side.headers(stream, fields, true);
        }
        return stream;
    }

    /** Pseudo header fields first, those of the request line unless a line replaces them. */
    private static List<Field> fields(String[] head) {
        String[] words = head[0].split(" ");
        boolean answer = words[0].equals("HTTP/2");
        List<Field> pseudo =
                new ArrayList<>(
                        answer
                                ? List.of(new Field(":status", words[1]))
                                : List.of(
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
