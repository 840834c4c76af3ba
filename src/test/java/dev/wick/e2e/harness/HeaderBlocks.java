package dev.wick.e2e.harness;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The header blocks of one HTTP/2 connection (HPACK): writes them without a table, so that any
 * field can be sent, and reads whatever comes. One thread.
 */
public final class HeaderBlocks {

    private final DefaultHttp2HeadersDecoder decoder =
            new DefaultHttp2HeadersDecoder(false, 1 << 20);

    /** What has come of a block that is not complete. */
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();

    static byte[] encode(List<Field> fields) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (Field field : fields) {
            // A literal without indexing, without Huffman coding.
            encoded.write(0);
            literal(encoded, field.name());
            literal(encoded, field.value());
        }
        return encoded.toByteArray();
    }

    private static void literal(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = bytes.length;
        if (length < 127) {
            to.write(length);
        } else {
            to.write(127);
            length -= 127;
            for (; length >= 128; length >>>= 7) {
                to.write(length & 127 | 128);
            }
            to.write(length);
        }
        to.writeBytes(bytes);
    }

    /** A frame has come, which begins a block or continues it. */
    public void add(byte[] part) {
        block.writeBytes(part);
    }

    /** The block is complete: the fields in it. The next frame begins another. */
    public List<Field> decode(int stream) throws Http2Exception {
        ByteBuf bytes = Unpooled.wrappedBuffer(block.toByteArray());
        block.reset();
        Http2Headers headers = decoder.decodeHeaders(stream, bytes);
        List<Field> fields = new ArrayList<>();
        headers.forEach(
                entry -> fields.add(new Field(entry.getKey().toString(), entry.getValue() + "")));
        return fields;
    }
}
