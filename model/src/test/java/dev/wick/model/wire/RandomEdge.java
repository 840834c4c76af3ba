package dev.wick.model.wire;

import dev.wick.model.AdaptiveConcurrency;
import dev.wick.model.ClientAddress;
import dev.wick.model.GatewayHeaders;
import dev.wick.model.IpDetection;
import dev.wick.model.Normalization;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What random listeners make of heads. */
final class RandomEdge {

    private RandomEdge() {}

    static ClientAddress address(Random random) {
        List<String> cidrs =
                random.nextBoolean() ? List.of() : List.of("10.0.0.0/8", "fd00::/8", "1.2.3.4/32");
        if (random.nextBoolean()) {
            return new ClientAddress(
                    random.nextBoolean() ? null : random.nextBoolean(),
                    random.nextInt(3),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    List.of(),
                    cidrs);
        }
        return new ClientAddress(
                random.nextBoolean() ? null : false,
                0,
                random.nextBoolean(),
                false,
                List.of(
                        new IpDetection.CustomHeader(
                                "x-real-ip",
                                random.nextBoolean(),
                                random.nextBoolean() ? null : 400 + random.nextInt(100)),
                        new IpDetection.Xff(
                                cidrs.isEmpty() ? random.nextInt(3) : 0,
                                cidrs,
                                random.nextBoolean())),
                cidrs);
    }

    static Normalization normalization(Random random) {
        boolean matching = random.nextBoolean();
        return new Normalization(
                random.nextBoolean(),
                random.nextBoolean(),
                Normalization.EscapedSlashes.values()[random.nextInt(4)],
                Normalization.Underscores.values()[random.nextInt(3)],
                matching,
                !matching && random.nextBoolean(),
                random.nextBoolean());
    }

    static AdaptiveConcurrency concurrency(Random random) {
        boolean fixed = random.nextBoolean();
        Duration time = Duration.ofMillis(1 + random.nextInt(9_000));
        return new AdaptiveConcurrency(
                new AdaptiveConcurrency.Gradient(
                        random.nextInt(101),
                        new AdaptiveConcurrency.Limit(
                                6 + random.nextInt(2_000), Duration.ofMillis(100)),
                        new AdaptiveConcurrency.MinRtt(
                                fixed ? null : time,
                                fixed ? time : null,
                                1 + random.nextInt(60),
                                random.nextInt(101),
                                1 + random.nextInt(6),
                                random.nextInt(101))),
                random.nextBoolean(),
                400 + random.nextInt(200));
    }

    static GatewayHeaders headers(Random random) {
        return new GatewayHeaders(
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? "" : "1.1 gateway",
                random.nextBoolean() ? "wick" : "other/1",
                GatewayHeaders.ServerHeader.values()[random.nextInt(3)]);
    }
}
