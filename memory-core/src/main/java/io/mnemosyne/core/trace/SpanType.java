package io.mnemosyne.core.trace;

/** What kind of step a span is; the types of Langfuse's observations. */
public enum SpanType {
    SPAN,
    /** A call of a language model. */
    GENERATION,
    /** Something without a duration. */
    EVENT,
    EMBEDDING,
    /** A run of an agent or sub-agent. */
    AGENT,
    /** The execution of a tool. */
    TOOL,
    CHAIN,
    RETRIEVER,
    GUARDRAIL,
    EVALUATOR
}
