package dev.wick.gateway.codec;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the parser makes of bytes that come in pieces. */
record ReadRequest(
        boolean complete,
        @Nullable Refusal refusal,
        String line,
        String headers,
        String body,
        String trailers,
        boolean keepAlive,
        @Nullable String upgrade,
        String rest) {

    /** In pieces of that size. */
    static ReadRequest of(String bytes, int size) {
        Reading reading = new Reading();
        for (int start = 0; start < bytes.length(); start += size) {
            reading.take(bytes.substring(start, Math.min(bytes.length(), start + size)));
        }
        return reading.result();
    }

    /** In two pieces. */
    static ReadRequest cutAt(String bytes, int cut) {
        Reading reading = new Reading();
        reading.take(bytes.substring(0, cut));
        reading.take(bytes.substring(cut));
        return reading.result();
    }

    private static final class Reading {

        private final RequestParser parser = new RequestParser(new Workbench());
        private final RequestHead head = new RequestHead();
        private final StringBuilder body = new StringBuilder();
        private final StringBuilder rest = new StringBuilder();
        private boolean inBody;

        void take(String piece) {
            ByteBuf in = Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1);
            if (!inBody) {
                inBody = parser.parse(in, head);
            }
            for (ByteBuf part = part(in); part != null; part = part(in)) {
                body.append(part.toString(StandardCharsets.ISO_8859_1));
                part.release();
            }
            rest.append(in.toString(StandardCharsets.ISO_8859_1));
            in.release();
        }

        private @Nullable ByteBuf part(ByteBuf in) {
            return inBody ? parser.body().read(in) : null;
        }

        ReadRequest result() {
            Refusal refusal = parser.refusal() == null ? parser.body().refusal() : parser.refusal();
            return new ReadRequest(
                    inBody && parser.body().done(),
                    refusal,
                    head.method()
                            + " "
                            + head.scheme()
                            + "://"
                            + head.authority()
                            + " "
                            + head.path(),
                    text(head.headers()),
                    body.toString(),
                    text(parser.body().trailers()),
                    parser.keepAlive(),
                    parser.upgrade(),
                    refusal == null ? rest.toString() : "");
        }

        private static String text(@Nullable Headers headers) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; headers != null && i < headers.size(); i++) {
                text.append(i == 0 ? "" : "\n")
                        .append(headers.name(i))
                        .append(": ")
                        .append(headers.value(i));
            }
            return text.toString();
        }
    }
}
