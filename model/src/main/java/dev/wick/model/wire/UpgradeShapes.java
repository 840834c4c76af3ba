package dev.wick.model.wire;

import dev.wick.model.Upgrade;
import dev.wick.model.Upgrade.ConnectConfig;
import dev.wick.model.Upgrades;
import dev.wick.model.UpstreamConnections.ProxyVersion;
import dev.wick.model.check.HttpRules;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shape of upgrades, of listeners and of routes. */
final class UpgradeShapes {

    private UpgradeShapes() {}

    /** The field {@code upgrades} of a shape. */
    static <R> Slot<List<Upgrade>> upgrades(ShapeBuilder<R> shape, Function<R, Upgrades> value) {
        return shape.optional(
                "upgrades",
                Types.list(new Later<>(UpgradeShapes::upgrade), 0),
                record -> value.apply(record).upgrades(),
                List.of(),
                "Which upgrades are let through; what a route says comes before its listener.");
    }

    private static Shape<Upgrade> upgrade() {
        ShapeBuilder<Upgrade> shape =
                new ShapeBuilder<>(
                        "Upgrade",
                        "Whether requests may turn their connection into something else.");
        Slot<String> type =
                shape.required(
                        "type",
                        Types.text(1, 64),
                        Upgrade::type,
                        "As websocket, without regard to case; or CONNECT.");
        Slot<Boolean> enabled =
                shape.optional(
                        "enabled", Types.truth(), Upgrade::enabled, true, "Whether they may.");
        Slot<@Nullable ConnectConfig> connect =
                shape.nullable(
                        "connectConfig",
                        new Later<>(UpgradeShapes::connect),
                        Upgrade::connectConfig,
                        "CONNECT ends here: what it carries goes to a host by plain TCP.");
        shape.rule(HttpRules::upgrade);
        return shape.make(v -> new Upgrade(type.of(v), enabled.of(v), connect.of(v)));
    }

    private static Shape<ConnectConfig> connect() {
        ShapeBuilder<ConnectConfig> shape =
                new ShapeBuilder<>(
                        "ConnectConfig", "What CONNECT carries goes to a host by plain TCP.");
        Slot<@Nullable ProxyVersion> proxy =
                shape.nullable(
                        "proxyProtocolConfig",
                        new Later<>(UpstreamConnectionShape::proxy),
                        ConnectConfig::proxyProtocolConfig,
                        "The host is told first whose it is, by the PROXY protocol.");
        Slot<Boolean> allowPost =
                shape.optional(
                        "allowPost",
                        Types.truth(),
                        ConnectConfig::allowPost,
                        false,
                        "Whether the body of a POST is treated likewise.");
        return shape.make(v -> new ConnectConfig(proxy.of(v), allowPost.of(v)));
    }
}
