namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>What was recorded and has no equal here, with why.</summary>
internal static class RecordedLacking
{
    private const string Norms = "scales by norms of whole tensors, which no elementwise rule sees";
    private const string Values = "needs values of the loss or distances over all parameters";

    /// <summary>Settings of optimizers that are here.</summary>
    public static Dictionary<string, string> Settings { get; } = new()
    {
        ["ns_steps"] = "muon takes five Newton–Schulz steps here",
    };

    public static Dictionary<string, string> Optimizers { get; } = new()
    {
        ["torch ASGD"] = "averages its iterates with rates of its own; schedule-free-adamw averages here",
        ["torch LBFGS"] = "evaluates the loss several times a step",
        ["torch Adafactor"] = Norms,
        ["optax lamb"] = Norms,
        ["optax lars"] = Norms,
        ["optax adafactor"] = Norms,
        ["optax novograd"] = Norms,
        ["optax fromage"] = Norms,
        ["optax sm3"] = "keeps maxima over rows and columns of whole tensors",
        ["optax adan"] = "four states per parameter, and a rule here has at most three",
        ["optax cocob"] = "five states per parameter, and a rule here has at most three",
        ["optax madgrad"] = "a cube root, which the kernels do not have",
        ["optax acprop"] = "little used: adabelief with the scaling of the step before",
        ["optax simplified_ademamix"] = "little used: ademamix without its second average",
        ["optax optimistic_gradient_descent"] = "made for games: the gradient plus its last change",
        ["optax optimistic_adam_v2"] = "made for games: the step plus its last change",
        ["optax schedule_free_sgd"] = "only the AdamW of the schedule-free family is here",
        ["optax polyak_sgd"] = Values,
        ["optax lbfgs"] = "evaluates the loss several times a step",
        ["optax prodigy"] = Values,
        ["optax dowg"] = Values,
        ["optax momo"] = Values,
        ["optax momo_adam"] = Values,
        ["optax dadapt_adamw"] = Values,
        ["optax dog"] = Values,
    };
}
