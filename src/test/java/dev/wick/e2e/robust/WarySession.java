package dev.wick.e2e.robust;

import dev.wick.e2e.harness.Field;
import dev.wick.e2e.harness.HeaderBlocks;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/2 to a {@link WaryHttp2}, looked at frame by frame: nothing that RFC 9113
 * forbids, and nothing that it allows but a gateway has no reason to send. The first frame that is
 * not as it should be ends it. Windows are narrow and streams are few, so that bodies come in
 * pieces and requests have to wait. One thread.
 */
final class WarySession {

    private static final int NARROW = 40;
    private static final int FEW = 4;
    private static final int USUAL_WINDOW = 65_535;
    private static final int MOST = 16_384;
    private static final int NONE = 0;
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Wary host;
    private final Socket socket;
    private final DataInputStream in;
    private final HeaderBlocks blocks = new HeaderBlocks();
    private final Map<Integer, WaryStream> open = new TreeMap<>();

    /** Whether the other side knows our settings: till then it goes by those of the protocol. */
    private boolean acknowledged;

    private int lastStream;

    /** The stream whose header block has not ended, and whether it ends the stream. */
    private int unfinished = NONE;

    private boolean unfinishedEnds;

    WarySession(Wary host, Socket socket) throws IOException {
        this.host = host;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 16 * 1024));
    }

    static void require(boolean holds, String expected) throws ProtocolException {
        if (!holds) {
            throw new ProtocolException("expected: " + expected);
        }
    }

    void serve() throws IOException {
        try {
            String preface = octets(PREFACE.length());
            require(preface.equals(PREFACE), "the preface, and not " + preface);
            send(
                    new Frames()
                            .frame(
                                    Frames.SETTINGS,
                                    0,
                                    0,
                                    "\0\3" + Frames.number(FEW) + "\0\4" + Frames.number(NARROW)));
            Frame first = frame();
            require(first.type == Frames.SETTINGS && first.flags == 0, "settings first");
            take(first);
            while (true) {
                take(frame());
            }
        } catch (ProtocolException e) {
            host.complain(e.getMessage());
        } catch (Http2Exception e) {
            host.complain("a header block: " + e);
        } finally {
            open.values().forEach(stream -> host.brokeOff(stream.message()));
        }
    }

    private record Frame(int type, int flags, int stream, String payload) {

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        void allow(int allowed, boolean expected) throws ProtocolException {
            require((flags & ~allowed) == 0 && expected, "another frame than " + this);
        }
    }

    private Frame frame() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        require(length <= MOST, "a shorter frame than " + length);
        return new Frame(type, flags, stream, octets(length));
    }

    private String octets(int length) throws IOException {
        byte[] octets = new byte[length];
        in.readFully(octets);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private void take(Frame frame) throws IOException, Http2Exception {
        require(
                (frame.type == Frames.CONTINUATION) == (unfinished != NONE),
                "nothing else within a header block, and not " + frame);
        WaryStream stream = open.get(frame.stream);
        switch (frame.type) {
            case Frames.DATA -> data(frame, stream);
            case Frames.HEADERS -> headers(frame, stream);
            case Frames.CONTINUATION -> {
                frame.allow(Frames.END_HEADERS, frame.stream == unfinished);
                block(frame);
            }
            case Frames.RST_STREAM -> reset(frame, stream);
            case Frames.SETTINGS -> settings(frame);
            case Frames.PING -> ping(frame);
            case Frames.WINDOW_UPDATE -> {
                boolean known = frame.stream >= 0 && frame.stream <= lastStream;
                int by = frame.payload.length() == 4 ? number(frame.payload) : 0;
                frame.allow(0, known && by > 0);
            }
            case Frames.GOAWAY -> frame.allow(0, frame.stream == 0 && frame.payload.length() >= 8);
            default -> frame.allow(0, false);
        }
    }

    private void data(Frame frame, @Nullable WaryStream stream) throws IOException {
        frame.allow(Frames.END_STREAM, stream != null);
        if (stream == null) {
            return;
        }
        stream.data(frame.payload);
        if (frame.has(Frames.END_STREAM)) {
            end(frame.stream, stream);
        }
        int length = frame.payload.length();
        if (length == 0) {
            return;
        }
        Frames more = new Frames().frame(Frames.WINDOW_UPDATE, 0, 0, Frames.number(length));
        if (!frame.has(Frames.END_STREAM)) {
            more.frame(Frames.WINDOW_UPDATE, 0, frame.stream, Frames.number(length));
            stream.widen(length);
        }
        send(more);
    }

    private void headers(Frame frame, @Nullable WaryStream stream)
            throws IOException, Http2Exception {
        boolean trailers = stream != null && frame.has(Frames.END_STREAM);
        boolean opens = frame.stream > lastStream && frame.stream % 2 == 1;
        frame.allow(Frames.END_STREAM | Frames.END_HEADERS, trailers || opens);
        require(trailers || !acknowledged || open.size() < FEW, "no more than " + FEW + " streams");
        unfinished = frame.stream;
        unfinishedEnds = frame.has(Frames.END_STREAM);
        block(frame);
    }

    private void block(Frame frame) throws IOException, Http2Exception {
        blocks.add(frame.payload.getBytes(StandardCharsets.ISO_8859_1));
        if (!frame.has(Frames.END_HEADERS)) {
            return;
        }
        unfinished = NONE;
        List<Field> fields = blocks.decode(frame.stream);
        WaryStream stream = open.get(frame.stream);
        if (stream == null) {
            lastStream = frame.stream;
            stream = new WaryStream(fields, acknowledged ? NARROW : USUAL_WINDOW);
            open.put(frame.stream, stream);
        } else {
            stream.trailers(fields);
        }
        if (unfinishedEnds) {
            end(frame.stream, stream);
        }
    }

    private void end(int number, WaryStream stream) throws IOException {
        stream.end();
        open.remove(number);
        host.took(stream.message());
        String head = Frames.field(":status", "200") + Frames.field("content-length", "2");
        boolean bare = stream.method().equals("HEAD");
        int flags = Frames.END_HEADERS | (bare ? Frames.END_STREAM : 0);
        Frames answer = new Frames().frame(Frames.HEADERS, flags, number, head);
        if (!bare) {
            answer.frame(Frames.DATA, Frames.END_STREAM, number, "ok");
        }
        send(answer);
    }

    private void reset(Frame frame, @Nullable WaryStream stream) throws ProtocolException {
        boolean known = frame.stream > 0 && frame.stream <= lastStream && frame.stream % 2 == 1;
        frame.allow(0, known && frame.payload.length() == 4);
        if (stream != null) {
            open.remove(frame.stream);
            host.brokeOff(stream.message());
        }
    }

    private void settings(Frame frame) throws IOException {
        boolean answer = frame.has(Frames.ACK);
        int length = frame.payload.length();
        boolean sound = answer ? length == 0 && !acknowledged : length % 6 == 0;
        frame.allow(Frames.ACK, frame.stream == 0 && sound);
        if (answer) {
            acknowledged = true;
            open.values().forEach(stream -> stream.widen(NARROW - USUAL_WINDOW));
            return;
        }
        for (int at = 0; at < length; at += 6) {
            int value = number(frame.payload.substring(at + 2, at + 6));
            boolean allowed =
                    switch (frame.payload.charAt(at + 1)) {
                        case 2 -> value == 0;
                        case 4 -> value >= 0;
                        case 5 -> value >= MOST && value < 1 << 24;
                        default -> true;
                    };
            require(allowed, "other settings than " + frame);
        }
        send(new Frames().frame(Frames.SETTINGS, Frames.ACK, 0, ""));
    }

    private void ping(Frame frame) throws IOException {
        frame.allow(Frames.ACK, frame.stream == 0 && frame.payload.length() == 8);
        if (!frame.has(Frames.ACK)) {
            send(new Frames().frame(Frames.PING, Frames.ACK, 0, frame.payload));
        }
    }

    private static int number(String octets) {
        int number = 0;
        for (char octet : octets.toCharArray()) {
            number = number << 8 | octet;
        }
        return number;
    }

    private void send(Frames frames) throws IOException {
        socket.getOutputStream().write(frames.octets());
    }
}
