package io.mnemosyne.search;

import java.util.List;
import java.util.Map;

import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/**
 * An OpenSearch node whose plugins come from the class path instead of a plugin directory, as there is no distribution
 * of OpenSearch on Maven Central, only its jars.
 */
final class SearchNode extends Node {
    private static final List<PluginInfo> PLUGINS = List.of(
            plugin("transport-netty4", "org.opensearch.transport.Netty4ModulePlugin"),
            plugin("lang-painless", "org.opensearch.painless.PainlessModulePlugin"),
            plugin("analysis-common", "org.opensearch.analysis.common.CommonAnalysisModulePlugin"),
            plugin("opensearch-knn", "org.opensearch.knn.plugin.KNNPlugin"));

    SearchNode(Settings settings) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "mnemosyne"), PLUGINS, false);
    }

    private static PluginInfo plugin(String name, String className) {
        return new PluginInfo(name, name, Version.CURRENT.toString(), Version.CURRENT, "21", className, name, List.of(),
                false);
    }
}
