package dev.wick.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An HTTP/2 client on a socket, frame by frame, that sends whatever it is told. */
final class RawHttp2Client implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PATIENCE_MILLIS = 10_000;

    /** One frame. */
    record Frame(int type, int flags, int stream, byte[] payload) {}

    /** What came of one stream. */
    static final class Answer {
        final Map<String, String> headers = new HashMap<>();
        final Map<String, String> trailers = new HashMap<>();
        final StringBuilder body = new StringBuilder();

        /** The code of its reset, -1 for none. */
        int reset = -1;

        boolean ended;

        int status() {
            return Integer.parseInt(headers.get(":status"));
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final Map<Integer, Answer> answers = new HashMap<>();

    /** The code of the connection's last GOAWAY, -1 for none. */
    int goAway = -1;

    /** The last block of fields, as it came. */
    byte[] block = {};

    RawHttp2Client(int port) throws IOException {
        this(port, new byte[0]);
    }

    /**
     * @param settings payload of the first SETTINGS frame
     */
    RawHttp2Client(int port, byte[] settings) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, settings);
    }

    /** Of the table of fields, which the first SETTINGS has said. */
    void tableSize(int octets) throws Exception {
        decoder.configuration().maxHeaderTableSize(octets);
    }

    /** One of SETTINGS. */
    static byte[] setting(int id, int value) {
        return Unpooled.buffer(6).writeShort(id).writeInt(value).array();
    }

    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        byte[] frame = new byte[9 + payload.length];
        frame[0] = (byte) (payload.length >> 16);
        frame[1] = (byte) (payload.length >> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        frame[5] = (byte) (stream >> 24);
        frame[6] = (byte) (stream >> 16);
        frame[7] = (byte) (stream >> 8);
        frame[8] = (byte) stream;
        System.arraycopy(payload, 0, frame, 9, payload.length);
        out.write(frame);
    }

    /** Sends a head as it is given: name, value, name, value. */
    void headers(int stream, boolean end, String... fields) throws Exception {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        ByteBuf block = Unpooled.buffer();
        encoder.encodeHeaders(stream, headers, block);
        byte[] bytes = new byte[block.readableBytes()];
        block.readBytes(bytes);
        frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, bytes);
    }

    /** A request for a path on {@code x.test}. */
    void get(int stream, String path, String... more) throws Exception {
        request(stream, "GET", path, true, more);
    }

    void request(int stream, String method, String path, boolean end, String... more)
            throws Exception {
        String[] all = new String[8 + more.length];
        String[] pseudo = {":method", method, ":scheme", "http", ":path", path};
        System.arraycopy(pseudo, 0, all, 0, 6);
        all[6] = ":authority";
        all[7] = "x.test";
        System.arraycopy(more, 0, all, 8, more.length);
        headers(stream, end, all);
    }

    void data(int stream, byte[] data, boolean end) throws IOException {
        frame(DATA, end ? END_STREAM : 0, stream, data);
    }

    void reset(int stream, int code) throws IOException {
        frame(RST_STREAM, 0, stream, number(code));
    }

    void window(int stream, int increment) throws IOException {
        frame(WINDOW_UPDATE, 0, stream, number(increment));
    }

    static byte[] number(int value) {
        return Unpooled.buffer(4).writeInt(value).array();
    }

    Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & 0x7fffffff;
        byte[] payload = in.readNBytes(length);
        Frame frame = new Frame(type, flags, stream, payload);
        take(frame);
        return frame;
    }

    private void take(Frame frame) throws IOException {
        Answer answer = answers.computeIfAbsent(frame.stream(), id -> new Answer());
        boolean bears = frame.type() == HEADERS || frame.type() == DATA;
        if (bears && answer.reset >= 0) {
            throw new IllegalStateException(frame + ": behind the reset of its stream");
        }
        switch (frame.type()) {
            case HEADERS -> head(frame, answer);
            case DATA ->
                    answer.body.append(new String(frame.payload(), StandardCharsets.ISO_8859_1));
            case RST_STREAM -> answer.reset = Unpooled.wrappedBuffer(frame.payload()).readInt();
            case SETTINGS -> {
                if (frame.flags() == 0) {
                    frame(SETTINGS, 1, 0, new byte[0]);
                }
            }
            case GOAWAY -> goAway = Unpooled.wrappedBuffer(frame.payload()).getInt(4);
            default -> {}
        }
        answer.ended |= bears && (frame.flags() & END_STREAM) != 0;
    }

    private void head(Frame frame, Answer answer) throws IOException {
        block = frame.payload();
        Map<String, String> to = answer.headers.isEmpty() ? answer.headers : answer.trailers;
        try {
            decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()))
                    .forEach(
                            field ->
                                    to.put(field.getKey().toString(), field.getValue().toString()));
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** What came of a stream, with one frame more. */
    Answer next(int stream) throws IOException {
        read();
        return answers.computeIfAbsent(stream, id -> new Answer());
    }

    /** What came of a stream, once it has ended or was reset. */
    Answer answer(int stream) throws IOException {
        Answer answer = answers.computeIfAbsent(stream, id -> new Answer());
        while (!answer.ended && answer.reset < 0) {
            read();
        }
        return answer;
    }

    /** Reads until the connection ends. */
    void untilClosed() throws IOException {
        try {
            while (true) {
                read();
            }
        } catch (EOFException | SocketException end) {
            return;
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
