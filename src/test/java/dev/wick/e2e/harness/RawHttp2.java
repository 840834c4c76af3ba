package dev.wick.e2e.harness;

import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cleartext HTTP/2 connection, frame by frame, from either side: sends what it is given, well
 * formed or not, and tells all that comes. Windows are large enough for every test; it never waits
 * for one. Blocking, one thread.
 */
public final class RawHttp2 implements AutoCloseable {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int ACK = 1;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final HeaderBlocks blocks = new HeaderBlocks();
    private final Map<Integer, Incoming> streams = new TreeMap<>();
    private final List<Integer> lastStreams = new ArrayList<>();
    private String goaway = "";
    private boolean ended;
    private int nextStream = 1;

    /** What has come on one stream. */
    public static final class Incoming {
        private final List<List<Field>> heads = new ArrayList<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private List<Field> trailers = List.of();
        private boolean complete;
        private boolean taken;
        private String reset = "";

        /** Interim answers, if any, and the final one. */
        public List<List<Field>> heads() {
            return heads;
        }

        public byte[] body() {
            return body.toByteArray();
        }

        public List<Field> trailers() {
            return trailers;
        }

        /** Whether END_STREAM has come. */
        public boolean complete() {
            return complete;
        }

        /** The name of the error of RST_STREAM; empty without one. */
        public String reset() {
            return reset;
        }
    }

    private RawHttp2(Socket socket, int patienceMillis) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(patienceMillis);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
    }

    private void begin(byte[] more) {
        // Initial window: 64 MiB, unless more says another.
        frame(SETTINGS, 0, 0, concat(new byte[] {0, 4, 4, 0, 0, 0}, more));
        frame(WINDOW_UPDATE, 0, 0, new byte[] {4, 0, 0, 0});
        flush();
    }

    /** Waits at most {@code patienceMillis} for what it is asked to read. */
    public static RawHttp2 open(int port, int patienceMillis) {
        return open(port, patienceMillis, new byte[0]);
    }

    /** The same, with room for ten octets of each answer, and never for more. */
    public static RawHttp2 openNarrow(int port, int patienceMillis) {
        return open(port, patienceMillis, new byte[] {0, 4, 0, 0, 0, 10});
    }

    private static RawHttp2 open(int port, int patienceMillis, byte[] more) {
        try {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            RawHttp2 client = new RawHttp2(socket, patienceMillis);
            client.out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
            client.begin(more);
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's side of {@code socket}. */
    public static RawHttp2 accepted(Socket socket) throws IOException {
        RawHttp2 server = new RawHttp2(socket, 0);
        String preface = new String(server.in.readNBytes(PREFACE.length()));
        if (!preface.equals(PREFACE)) {
            throw new IOException("no HTTP/2: " + preface);
        }
        // Extended CONNECT is served (RFC 8441).
        server.begin(new byte[] {0, 8, 0, 0, 0, 1});
        return server;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** Reads one frame; its stream, or -1 when the connection has ended. */
    public int awaitFrame() {
        return readFrame();
    }

    /** Reads until {@code stream} has a final head, or never will. */
    public Incoming awaitHead(int stream) {
        Incoming incoming = incoming(stream);
        while (incoming.heads.isEmpty() && incoming.reset.isEmpty() && !ended) {
            readFrame();
        }
        return incoming;
    }

    /** Reads until {@code length} octets of the body of {@code stream} have come, or never will. */
    public Incoming awaitBody(int stream, int length) {
        Incoming incoming = incoming(stream);
        while (incoming.body.size() < length
                && !incoming.complete
                && incoming.reset.isEmpty()
                && !ended) {
            readFrame();
        }
        return incoming;
    }

    /** Reads until so many GOAWAYs have come; the last stream that each names. */
    public List<Integer> awaitGoaways(int count) {
        while (lastStreams.size() < count && !ended) {
            readFrame();
        }
        return List.copyOf(lastStreams);
    }

    /** Reads until a request is complete; its stream, or -1 when the connection has ended. */
    public int awaitRequest() {
        while (!ended) {
            for (Map.Entry<Integer, Incoming> stream : streams.entrySet()) {
                if (stream.getValue().complete && !stream.getValue().taken) {
                    stream.getValue().taken = true;
                    return stream.getKey();
                }
            }
            readFrame();
        }
        return -1;
    }

    /** What has come on {@code stream} so far. */
    public Incoming incoming(int stream) {
        return streams.computeIfAbsent(stream, number -> new Incoming());
    }

    /** Opens a stream; its number. */
    public int headers(List<Field> fields, boolean last) {
        int stream = nextStream;
        nextStream += 2;
        headers(stream, fields, last);
        return stream;
    }

    /** Sends a header block on {@code stream}: the first one, or trailers. */
    public void headers(int stream, List<Field> fields, boolean last) {
        byte[] all = HeaderBlocks.encode(fields);
        int most = 16_384;
        for (int from = 0; from == 0 || from < all.length; from += most) {
            int to = Math.min(all.length, from + most);
            int flags = (to == all.length ? END_HEADERS : 0) | (from == 0 && last ? END_STREAM : 0);
            byte[] part = java.util.Arrays.copyOfRange(all, from, to);
            frame(from == 0 ? HEADERS : CONTINUATION, flags, stream, part);
        }
        flush();
    }

    public void data(int stream, byte[] bytes, boolean last) {
        for (int from = 0; from == 0 || from < bytes.length; from += 16_384) {
            int to = Math.min(bytes.length, from + 16_384);
            boolean end = last && to == bytes.length;
            frame(
                    DATA,
                    end ? END_STREAM : 0,
                    stream,
                    java.util.Arrays.copyOfRange(bytes, from, to));
        }
        flush();
    }

    public void reset(int stream, int error) {
        frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, (byte) error});
        flush();
    }

    /** Any frame, at once. */
    public void frame(int type, int flags, int stream, byte[] payload) {
        try {
            out.write(payload.length >>> 16);
            out.writeShort(payload.length);
            out.write(type);
            out.write(flags);
            out.writeInt(stream);
            out.write(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until {@code stream} is complete or reset, or the connection has ended. */
    public Incoming await(int stream) {
        Incoming incoming = streams.computeIfAbsent(stream, number -> new Incoming());
        while (!incoming.complete && incoming.reset.isEmpty() && !ended) {
            readFrame();
        }
        return incoming;
    }

    /** Reads until the connection ends. */
    public void awaitEnd() {
        while (!ended) {
            readFrame();
        }
    }

    /** The name of the last GOAWAY's error; empty before there was one. */
    public String goaway() {
        return goaway;
    }

    public boolean ended() {
        return ended;
    }

    private int readFrame() {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & 0x7fffffff;
            byte[] payload = in.readNBytes(length);
            take(type, flags, stream, payload);
            return stream;
        } catch (EOFException | SocketException e) {
            ended = true;
            return -1;
        } catch (IOException | Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(int type, int flags, int stream, byte[] payload)
            throws IOException, Http2Exception {
        Incoming incoming = streams.computeIfAbsent(stream, number -> new Incoming());
        switch (type) {
            case DATA -> {
                incoming.body.writeBytes(payload);
                incoming.complete |= (flags & END_STREAM) != 0;
            }
            case HEADERS, CONTINUATION -> {
                blocks.add(payload);
                incoming.complete |= type == HEADERS && (flags & END_STREAM) != 0;
                if ((flags & END_HEADERS) != 0) {
                    head(stream, incoming);
                }
            }
            case RST_STREAM -> incoming.reset = error(payload, 0);
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    acknowledge(SETTINGS, new byte[0]);
                }
            }
            case PING -> {
                if ((flags & ACK) == 0) {
                    acknowledge(PING, payload);
                }
            }
            case GOAWAY -> {
                goaway = error(payload, 4);
                lastStreams.add(ByteBuffer.wrap(payload).getInt() & 0x7fffffff);
            }
            default -> {
                // Windows and priorities do not matter here.
            }
        }
    }

    private synchronized void acknowledge(int type, byte[] payload) {
        frame(type, ACK, 0, payload);
        flush();
    }

    private void head(int stream, Incoming incoming) throws Http2Exception {
        List<Field> fields = blocks.decode(stream);
        boolean status = fields.stream().anyMatch(field -> field.name().equals(":status"));
        if (!incoming.heads.isEmpty() && !status) {
            incoming.trailers = fields;
        } else {
            incoming.heads.add(fields);
        }
    }

    private static String error(byte[] payload, int at) {
        String[] names = {
            "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR",
            "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM",
            "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM",
            "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED"
        };
        int code = payload[at + 3] & 0xff;
        return code < names.length ? names[code] : "error " + code;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
