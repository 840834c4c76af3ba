package dev.wick.route.compile;

import dev.wick.model.Upgrade;
import dev.wick.model.Upgrades;
import dev.wick.model.UpstreamConnections.ProxyVersion;
import dev.wick.route.ConnectConfig;
import dev.wick.route.UpgradeRules;
import java.util.List;

/** Upgrades -> rules. */
public final class UpgradeCompiler {

    private UpgradeCompiler() {}

    /** What a listener or a route says of upgrades. */
    public static UpgradeRules compile(Upgrades upgrades) {
        List<Upgrade> all = upgrades.upgrades();
        if (all.isEmpty()) {
            return UpgradeRules.NONE;
        }
        String[] types = new String[all.size()];
        boolean[] enabled = new boolean[types.length];
        ConnectConfig connect = null;
        for (int i = 0; i < types.length; i++) {
            types[i] = all.get(i).type();
            enabled[i] = all.get(i).enabled();
            Upgrade.ConnectConfig config = all.get(i).connectConfig();
            if (config != null) {
                connect = connect(config);
            }
        }
        return new UpgradeRules(types, enabled, connect);
    }

    private static ConnectConfig connect(Upgrade.ConnectConfig config) {
        ProxyVersion version = config.proxyProtocolConfig();
        return new ConnectConfig(version == null ? 0 : version.ordinal() + 1, config.allowPost());
    }

    /** For people: what becomes of CONNECT, where it does not go on as it is. */
    static String describe(Upgrades upgrades) {
        for (Upgrade upgrade : upgrades.upgrades()) {
            Upgrade.ConnectConfig config = upgrade.connectConfig();
            if (config != null) {
                return (config.allowPost() ? ", CONNECT and POST" : ", CONNECT") + " by plain TCP";
            }
        }
        return "";
    }
}
