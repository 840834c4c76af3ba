package dev.wick.store.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.vertx.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a store in the foreground until SIGTERM, or until the launcher that started it is gone
 * ({@code WICK_PARENT=stdin}).
 */
@QuarkusMain
public final class Main implements QuarkusApplication {

    private static final int MISUSED = 2;
    private static final int FAILED = 1;

    private static @Nullable Settings settings;

    private final HttpServer server;

    Main(HttpServer server) {
        this.server = server;
    }

    public static void main(String... arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Settings.USAGE);
            return;
        }
        Settings read = settings(arguments);
        settings = read;
        checkPort(read);
        System.setProperty("quarkus.http.host", read.address());
        System.setProperty("quarkus.http.port", Integer.toString(read.port()));
        Opening.begin(read, why -> fail(FAILED, String.valueOf(why.getMessage())));
        endWithParent();
        Quarkus.run(Main.class, (code, failure) -> ended(code, failure), arguments);
    }

    private static Settings settings(String... arguments) {
        try {
            return Settings.read(List.of(arguments), System::getenv);
        } catch (IllegalArgumentException e) {
            fail(MISUSED, e.getMessage() + "\n" + Settings.USAGE.strip());
            throw e;
        }
    }

    /** Said before anything is opened, in one sentence; who is faster now is found by Quarkus. */
    private static void checkPort(Settings settings) {
        InetSocketAddress address = new InetSocketAddress(settings.address(), settings.port());
        if (address.isUnresolved()) {
            fail(FAILED, "--api: " + settings.address() + " is no address of this machine");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            fail(
                    FAILED,
                    "cannot listen on "
                            + settings.address()
                            + ":"
                            + settings.port()
                            + ": "
                            + e.getMessage()
                            + " (expected: a free port; --api [ADDR:]PORT names another)");
        }
    }

    private static void ended(int code, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable root = failure;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            fail(FAILED, String.valueOf(root.getMessage()));
        }
        if (code != 0) {
            Runtime.getRuntime().halt(code);
        }
    }

    private static void fail(int code, String sentence) {
        System.err.println("wick store: " + sentence);
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    private static void endWithParent() {
        if ("stdin".equals(System.getenv("WICK_PARENT"))) {
            Thread.ofPlatform()
                    .daemon()
                    .name("wick-parent")
                    .start(
                            () -> {
                                readToEnd();
                                Quarkus.asyncExit(0);
                            });
        }
    }

    private static void readToEnd() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (IOException e) {
            // A broken pipe is an end too.
        }
    }

    @Override
    public int run(String... arguments) {
        Settings read = settings;
        String address = System.getProperty("quarkus.http.host", "127.0.0.1");
        String host = address.contains(":") ? "[" + address + "]" : address;
        System.out.println(
                "ready: store on http://%s:%d%s"
                        .formatted(
                                host,
                                server.getPort(),
                                read == null ? "" : ", data in " + read.data()));
        System.out.flush();
        Quarkus.waitForExit();
        return 0;
    }
}
