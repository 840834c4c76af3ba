package dev.wick.store.boot;

import dev.wick.store.access.Rotation;
import dev.wick.store.access.Tokens;
import dev.wick.store.admit.Admission;
import dev.wick.store.admit.History;
import dev.wick.store.admit.Vault;
import dev.wick.store.explain.Explainer;
import dev.wick.store.follow.Followers;
import dev.wick.store.instances.Instances;
import dev.wick.store.keep.Keep;
import dev.wick.store.slice.Slices;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Hands the parts of the store to the resources. */
@Singleton
final class Parts {

    private final Assembly assembly;

    Parts(Config config) {
        assembly = Opening.opened(name -> config.getOptionalValue(name, String.class).orElse(null));
    }

    void stop(@Observes ShutdownEvent event) {
        assembly.close();
    }

    @Produces
    @Singleton
    Keep keep() {
        return assembly.keep;
    }

    @Produces
    @Singleton
    Tokens tokens() {
        return assembly.tokens;
    }

    @Produces
    @Singleton
    Rotation rotation() {
        return assembly.rotation;
    }

    @Produces
    @Singleton
    Vault vault() {
        return assembly.vault;
    }

    @Produces
    @Singleton
    Admission admission() {
        return assembly.admission;
    }

    @Produces
    @Singleton
    History history() {
        return assembly.history;
    }

    @Produces
    @Singleton
    Slices slices() {
        return assembly.slices;
    }

    @Produces
    @Singleton
    Followers followers() {
        return assembly.followers;
    }

    @Produces
    @Singleton
    Explainer explainer() {
        return assembly.explainer;
    }

    @Produces
    @Singleton
    Instances instances() {
        return assembly.instances;
    }
}
