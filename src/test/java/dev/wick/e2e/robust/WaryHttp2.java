package dev.wick.e2e.robust;

import java.io.IOException;
import java.net.Socket;

/** A {@link Wary} host that speaks HTTP/2, cleartext by prior knowledge, and nothing else. */
final class WaryHttp2 extends Wary {

    @Override
    String options() {
        return "explicitHttpConfig: {http2ProtocolOptions: {}}\n";
    }

    @Override
    boolean endsByLength() {
        return false;
    }

    @Override
    void serve(Socket socket) throws IOException {
        new WarySession(this, socket).serve();
    }
}
