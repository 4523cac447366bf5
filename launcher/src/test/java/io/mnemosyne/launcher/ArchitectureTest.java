package io.mnemosyne.launcher;

import java.util.function.Supplier;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Holds the arrows between the modules, and what keeps a replay exact. */
@AnalyzeClasses(packages = "io.mnemosyne", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("core").definedBy("io.mnemosyne.core..")
            .layer("schemas").definedBy("io.mnemosyne.schemas..", "io.mnemosyne.avro..")
            .optionalLayer("scripted models").definedBy("io.mnemosyne.scripted..")
            .layer("inference").definedBy("io.mnemosyne.inference..")
            .layer("ingest").definedBy("io.mnemosyne.ingest..")
            .layer("observer").definedBy("io.mnemosyne.observer..")
            .layer("reflector").definedBy("io.mnemosyne.reflector..")
            .layer("context").definedBy("io.mnemosyne.context..")
            .layer("index").definedBy("io.mnemosyne.index..")
            .layer("trace").definedBy("io.mnemosyne.trace..")
            .layer("service").definedBy("io.mnemosyne.service..")
            .layer("replay").definedBy("io.mnemosyne.replay..")
            .layer("bench").definedBy("io.mnemosyne.bench..")
            .layer("launcher").definedBy("io.mnemosyne.launcher..")
            .whereLayer("launcher").mayNotBeAccessedByAnyLayer()
            .whereLayer("bench").mayNotBeAccessedByAnyLayer()
            .whereLayer("replay").mayOnlyBeAccessedByLayers("bench", "launcher")
            .whereLayer("service").mayOnlyBeAccessedByLayers("launcher")
            .whereLayer("trace").mayOnlyBeAccessedByLayers("bench", "launcher")
            .whereLayer("index").mayOnlyBeAccessedByLayers("service", "bench", "launcher")
            .whereLayer("scripted models").mayOnlyBeAccessedByLayers("bench", "launcher")
            .whereLayer("inference").mayOnlyBeAccessedByLayers("index", "replay", "bench", "launcher")
            .whereLayer("ingest").mayOnlyBeAccessedByLayers("service", "launcher")
            .whereLayer("observer").mayOnlyBeAccessedByLayers("service", "launcher")
            .whereLayer("reflector").mayOnlyBeAccessedByLayers("service", "launcher")
            .whereLayer("context").mayOnlyBeAccessedByLayers("service", "replay", "bench", "launcher")
            .whereLayer("schemas").mayOnlyAccessLayers("core")
            .whereLayer("scripted models").mayNotAccessAnyLayer()
            .whereLayer("core").mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule PARTS_OF_INFERENCE_FORM_NO_CIRCLE = slices().matching("io.mnemosyne.inference.(*)..")
            .should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CORE_IS_PURE = noClasses().that().resideInAPackage("io.mnemosyne.core..").should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "org.slf4j..", "java.net..",
                    "java.nio.file..",
                    "java.util.concurrent.locks..")
            .because("decisions are functions of their arguments");

    @ArchTest
    static final ArchRule NO_CLOCK_AND_NO_CHANCE_DECIDE = noClasses().that()
            .resideInAnyPackage("io.mnemosyne.core..", "io.mnemosyne.ingest..", "io.mnemosyne.observer..",
                    "io.mnemosyne.reflector..", "io.mnemosyne.context..")
            .should().callMethodWhere(target(nameMatching("now|currentTimeMillis|nanoTime|random|randomUUID|system.*"))
                    .and(target(owner(resideInAnyPackage("java.time..", "java.util..", "java.lang..")))))
            .orShould().dependOnClassesThat().haveNameMatching("java\\.(util|security)\\..*Random.*")
            .because("a replay has to give the same journals: time comes from records, ids from hashes");

    @ArchTest
    static final ArchRule THE_REGISTRY_CLIENT_IS_CONFINED = noClasses().that()
            .haveNameNotMatching("io\\.mnemosyne\\.schemas\\.serde\\.RegistrySchemaIds.*").should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..").because("its packages are relocated and may move again");

    @ArchTest
    static final ArchRule TOPOLOGIES_ARE_SUPPLIERS = classes().that().haveSimpleNameEndingWith("Topology").and()
            .resideOutsideOfPackage("org..").should().beAssignableTo(Supplier.class);
}
