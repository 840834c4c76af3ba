package dev.wick.cli.train;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One cleartext HTTP/2 connection with prior knowledge to an instance: GET requests, one at a time.
 * Just enough of RFC 9113 for that; answers are counted, not read.
 */
final class Http2 implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int stream = -1;

    Http2(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
        frame(WINDOW_UPDATE, 0, 0, new byte[] {0x40, 0, 0, 0}); // 1 GiB: more than ever comes
    }

    /** Sends a request and reads frames until its stream ends. */
    void get(String host, String path) throws IOException {
        stream += 2;
        frame(HEADERS, END_STREAM | END_HEADERS, stream, headerBlock(host, path));
        out.flush();
        boolean ended = false;
        while (!ended) {
            int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int id = in.readInt();
            in.skipNBytes(length);
            if (type == SETTINGS && (flags & 1) == 0) {
                frame(SETTINGS, 1, 0, new byte[0]);
                out.flush();
            } else if (type == GOAWAY) {
                throw new IOException("the instance ends the connection");
            }
            ended = id == stream && type <= HEADERS && (flags & END_STREAM) != 0;
        }
    }

    /** In HPACK: GET and http from the static table, the rest as literals without Huffman code. */
    private static byte[] headerBlock(String host, String path) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x82);
        block.write(0x86);
        literal(block, 0x04, path);
        literal(block, 0x01, host);
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, int name, String value)
            throws IOException {
        block.write(name);
        block.write(value.length());
        block.write(value.getBytes(StandardCharsets.US_ASCII));
    }

    private void frame(int type, int flags, int id, byte[] payload) throws IOException {
        out.writeShort(payload.length >> 8);
        out.writeByte(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(id);
        out.write(payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
