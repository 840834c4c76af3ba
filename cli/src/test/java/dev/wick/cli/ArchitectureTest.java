package dev.wick.cli;

import static dev.wick.architecture.Layers.production;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.wick.architecture.Layers;
import org.junit.jupiter.api.Test;

/** Which package may import which. */
class ArchitectureTest {

    private static final Layers LAYERS =
            new Layers(
                    """
                    cli | cli..
                    cli.arguments |
                    cli.store | cli.arguments, model, com.fasterxml.jackson.core.., org.yaml.snakeyaml..
                    cli.command | cli.arguments, cli.store, model
                    cli.up | cli.arguments, cli.store, cli.command
                    cli.train | cli.arguments, cli.store, cli.command, cli.up, com.sun.net.httpserver
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
