package dev.wick.gateway.boot;

import dev.wick.gateway.edge.ListenerState;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The process. What serves requests starts first and by itself; Quarkus, which is the rest of the
 * application (admin port, signals, the end: {@link Lifecycle}), when the first request has what it
 * needs.
 */
@QuarkusMain
public final class Main {

    /** What was asked for can't be done here and now. */
    static final int FAILED = 1;

    private static final int MISUSED = 2;
    private static final AtomicReference<@Nullable Gateway> STARTED = new AtomicReference<>();

    private Main() {}

    /** {@code wick gateway} with its flags. */
    public static void main(String... arguments) {
        for (String argument : arguments) {
            if (argument.equals("--help") || argument.equals("-h")) {
                System.out.print(Settings.USAGE);
                return;
            }
        }
        Settings settings = settings(arguments);
        if (settings != null && start(settings)) {
            Parent.watch(settings);
            Gateway gateway = started();
            Ending ending = gateway.ending();
            ending.watch();
            gateway.awaitFirst();
            runQuarkus(ending);
        }
    }

    private static void runQuarkus(Ending ending) {
        try {
            Quarkus.run();
        } catch (IllegalStateException e) {
            // It can't begin in a process that has begun to end.
            if (!ending.begun()) {
                throw e;
            }
        }
    }

    private static @Nullable Settings settings(String... arguments) {
        try {
            return Settings.read(arguments, System::getenv);
        } catch (IllegalArgumentException e) {
            exit(MISUSED, e.getMessage() + "\n" + Settings.USAGE.strip());
            return null;
        }
    }

    /** Returns when the ports that are given are open, for one that is not ends the process. */
    private static boolean start(Settings settings) {
        try {
            Gateway gateway = Gateway.start(settings, Main::log);
            STARTED.set(gateway);
            for (ListenerState state : gateway.opened()) {
                if (state.state() == ListenerState.State.FAILED) {
                    exit(FAILED, sentence(state));
                    return false;
                }
            }
            return true;
        } catch (IOException | IllegalArgumentException e) {
            exit(FAILED, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static String sentence(ListenerState state) {
        return "the port of listener "
                + state.name()
                + " can't be opened: "
                + state.address()
                + ": "
                + state.detail();
    }

    /** The one that {@link #main} started. */
    static Gateway started() {
        Gateway gateway = STARTED.get();
        if (gateway == null) {
            throw new IllegalStateException("gateway: not started");
        }
        return gateway;
    }

    /** A sentence for the operator. Any thread. */
    static void log(String sentence) {
        System.err.println("wick gateway: " + sentence);
    }

    static void exit(int status, String sentence) {
        log(sentence);
        System.exit(status);
    }
}
