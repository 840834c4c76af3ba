package dev.wick.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The upstream of all contestants for gRPC: answers every call with one message of 128 bytes and {@code grpc-status: 0}.
 * It looks into no header block, so it needs no HPACK; its answers are small enough that no window is ever full.
 */
final class GrpcBackend extends Conversation {

    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PREFACE = 24;
    private static final int WINDOW_STEP = 16 * 1024;
    private static final int STEP = 64 * 1024;
    private static final byte[] HEAD = head();
    private static final byte[] MESSAGE = new byte[5 + 128];
    private static final byte[] TRAILERS = literal(new byte[0], "grpc-status", "0");

    static {
        MESSAGE[4] = (byte) 128;
    }

    private ByteBuffer answers = ByteBuffer.allocate(STEP);
    private boolean begun;
    private int taken;

    private GrpcBackend() {
        super(256 * 1024);
    }

    private static byte[] head() {
        // 0x88: ":status: 200" of the static table.
        return literal(new byte[] {(byte) 0x88}, "content-type", "application/grpc");
    }

    private static byte[] literal(byte[] before, String name, String value) {
        ByteBuffer block = ByteBuffer.allocate(before.length + 3 + name.length() + value.length());
        block.put(before).put((byte) 0).put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
        block.put((byte) value.length()).put(value.getBytes(StandardCharsets.US_ASCII));
        return block.array();
    }

    public static void main(String[] arguments) throws IOException {
        serve(Integer.parseInt(arguments[0]), GrpcBackend::new);
    }

    @Override
    void take(ByteBuffer came) {
        frames(came);
        if (answers.position() > 0) {
            sendAnswers();
        }
    }

    private void sendAnswers() {
        send(answers.flip());
        answers = ByteBuffer.allocate(STEP);
    }

    private void frames(ByteBuffer in) {
        if (!begun && in.remaining() >= PREFACE) {
            in.position(in.position() + PREFACE);
            begun = true;
            frame(SETTINGS, 0, 0, new byte[0]);
        }
        while (begun && in.remaining() >= 9) {
            int start = in.position();
            int length = (in.get(start) & 0xff) << 16 | in.getShort(start + 1) & 0xffff;
            if (in.remaining() < 9 + length) {
                break;
            }
            int type = in.get(start + 3);
            int flags = in.get(start + 4);
            int stream = in.getInt(start + 5) & 0x7fffffff;
            in.position(start + 9 + length);
            took(type, flags, stream, in, start + 9, length);
        }
    }

    private void took(int type, int flags, int stream, ByteBuffer in, int at, int length) {
        if (type == SETTINGS && (flags & ACK) == 0) {
            frame(SETTINGS, ACK, 0, new byte[0]);
        } else if (type == PING && (flags & ACK) == 0) {
            byte[] payload = new byte[length];
            in.get(at, payload);
            frame(PING, ACK, 0, payload);
        } else if (type == 0 || type == HEADERS) {
            if (type == 0) {
                taken += length;
                if (taken >= WINDOW_STEP) {
                    frame(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(taken).array());
                    taken = 0;
                }
            }
            if ((flags & END_STREAM) != 0) {
                frame(HEADERS, END_HEADERS, stream, HEAD);
                frame(0, 0, stream, MESSAGE);
                frame(HEADERS, END_HEADERS | END_STREAM, stream, TRAILERS);
            }
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) {
        if (answers.remaining() < 9 + payload.length) {
            sendAnswers();
        }
        answers.put((byte) (payload.length >>> 16)).putShort((short) payload.length);
        answers.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    }
}
