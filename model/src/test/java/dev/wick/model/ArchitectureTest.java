package dev.wick.model;

import static dev.wick.architecture.Layers.production;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.wick.architecture.Layers;
import org.junit.jupiter.api.Test;

/** Which package may import which. */
class ArchitectureTest {

    private static final Layers LAYERS =
            new Layers(
                    """
                    format      |
                    model       |
                    model.check | format, model, com.google.re2j
                    model.wire  | model, model.check, com.fasterxml.jackson.core.., org.yaml.snakeyaml..
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
