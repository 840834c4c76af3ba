package dev.wick.gateway;

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
                    FRAMEWORK = io.quarkus.., io.smallrye.config.., jakarta.., org.eclipse.microprofile..
                    gateway.filter     | http, BUFFERS
                    gateway.filter.(*) | http, gateway.filter, BUFFERS
                    gateway.observe    | format, http
                    gateway.codec      | http, BUFFERS
                    gateway.client     | http, gateway.codec, io.netty..
                    gateway.http2      | http, gateway.codec, io.netty..
                    gateway.balance    | hash
                    gateway.health     | http, gateway.balance, gateway.client, gateway.observe
                    gateway.upstream   | http, gateway.balance, gateway.codec, gateway.http2, gateway.client, gateway.observe, gateway.health,
                                       | io.netty..
                    gateway.overload   | gateway.client, gateway.observe, io.netty.buffer.., io.netty.util..
                    gateway.snapshot   | format, http, entry, route, gateway.filter, gateway.overload, gateway.upstream
                    gateway.compile    | model, format, http, entry, entry.compile, route, route.compile, gateway.filter,
                                       | gateway.filter.(*), gateway.observe,
                                       | gateway.client, gateway.balance, gateway.health, gateway.overload, gateway.upstream,
                                       | gateway.snapshot
                    gateway.live       | gateway.snapshot, gateway.client
                    gateway.exchange   | format, hash, http, entry, route, gateway.balance, gateway.filter, gateway.observe, gateway.client, gateway.upstream,
                                       | gateway.overload, gateway.snapshot, gateway.live, BUFFERS
                    gateway.feed       | model, model.wire, http, gateway.client, com.fasterxml.jackson.core..
                    gateway.draw       | model, route, gateway.client, gateway.upstream, gateway.feed, gateway.compile,
                                       | gateway.snapshot, gateway.live
                    gateway.edge       | http, entry, gateway.codec, gateway.http2, gateway.client, gateway.observe, gateway.overload, gateway.snapshot,
                                       | gateway.live, gateway.exchange, io.netty..
                    gateway.admin      | model, http, gateway.balance, gateway.observe, gateway.client, gateway.upstream, gateway.live, gateway.draw,
                                       | gateway.edge, com.fasterxml.jackson.core..
                    gateway.boot       | model.., hash, http, route.., gateway.., FRAMEWORK
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
