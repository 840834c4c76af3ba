package dev.wick.route;

import static dev.wick.architecture.Layers.production;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.wick.architecture.Layers;
import org.junit.jupiter.api.Test;

/** Which package may import which. */
class ArchitectureTest {

    private static final Layers LAYERS =
            new Layers(
                    """
                    BUFFERS = io.netty.buffer.., io.netty.util
                    hash          |
                    http          | BUFFERS
                    entry         | http, io.netty.util
                    entry.compile | model, entry
                    route         | format, hash, http, com.google.re2j
                    route.compile | model, format, hash, http, route, com.google.re2j
                    """);

    private final JavaClasses module = production();

    @Test
    void packagesKeepToTheirRow() {
        LAYERS.check(module);
    }

    @Test
    void packagesFormNoCircle() {
        Layers.checkNoCircle(module);
    }

    @Test
    void packagesAreNullMarked() {
        Layers.checkNullMarked(module);
    }
}
