package dev.wick.store;

import static dev.wick.architecture.Layers.production;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.wick.architecture.Layers;
import org.junit.jupiter.api.Test;

/** Which package may import which. */
class ArchitectureTest {

    private static final Layers LAYERS =
            new Layers(
                    """
                    MATCHING = http, entry, entry.compile, route, route.compile
                    FRAMEWORK = io.quarkus.., io.micrometer.., io.smallrye.., io.vertx.., jakarta.., com.fasterxml.jackson..,
                              | org.eclipse.microprofile.., org.jboss.resteasy.reactive..
                    store.revision        | model
                    store.keep            | model, store.revision
                    store.keep.raft       | model, store.revision, store.keep, org.jgroups..
                    store.keep.infinispan | model, store.revision, store.keep, org.infinispan..
                    store.admit           | model, model.check, model.wire, store.revision, store.keep
                    store.slice           | model, model.wire, store.revision, store.keep
                    store.follow          | model, store.revision, store.keep, store.slice
                    store.explain         | model, model.wire, MATCHING, store.revision, store.keep, store.slice
                    store.access          | store.revision, store.keep
                    store.instances       | store.revision, store.keep
                    store.rest            | model, model.check, model.wire, store.revision, store.keep, store.admit, store.slice,
                                          | store.follow, store.explain, store.access, store.instances, FRAMEWORK
                    store.boot            | model.., MATCHING, store.., FRAMEWORK
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
