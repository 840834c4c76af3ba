package dev.wick.e2e.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What {@code ./wick peers} fetches, where it could. */
final class Peer {

    private Peer() {}

    static Path binary(String name) {
        return Wick.home().resolve(".peers").resolve(name).resolve(name);
    }

    /** Skips the test where there is no {@code binary}, with a line that says so. */
    static void require(String name, Path binary) {
        if (!Files.isExecutable(binary)) {
            String why = "skipped: no " + name + " in .peers (./wick peers fetches it)";
            System.out.println(why);
            Assumptions.abort(why);
        }
    }
}
