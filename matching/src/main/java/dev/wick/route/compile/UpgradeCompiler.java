package dev.wick.route.compile;

import dev.wick.model.Upgrade;
import dev.wick.model.Upgrades;
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
        for (int i = 0; i < types.length; i++) {
            types[i] = all.get(i).type();
            enabled[i] = all.get(i).enabled();
        }
        return new UpgradeRules(types, enabled, new boolean[types.length]);
    }
}
