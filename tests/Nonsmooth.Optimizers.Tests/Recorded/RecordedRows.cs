namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>The optimizers of PyTorch and optax that have an equal here. To add one: a row.</summary>
internal static class RecordedRows
{
    private const string AdamKeys = "b1>beta1 b2>beta2 eps>epsilon eps_root>epsilon-root weight_decay>weight-decay nesterov>-";

    public static RecordedRow[] All { get; } =
    [
        new("torch", "SGD", 1e-3, "momentum dampening nesterov weight_decay>weight-decay maximize", "sgd momentum=0"),
        new("torch", "Adam", 1e-3, "betas>beta1,beta2 weight_decay>weight-decay amsgrad>- decoupled_weight_decay>-", r =>
            r.Settings.ContainsKey("amsgrad") ? "amsgrad coupled=true weight-decay=0" : r.Settings.ContainsKey("decoupled_weight_decay") ? "adamw weight-decay=0" : "adam"),
        new("torch", "AdamW", 1e-3, "betas>beta1,beta2 weight_decay>weight-decay amsgrad>-", r => r.Settings.ContainsKey("amsgrad") ? "amsgrad" : "adamw"),
        new("torch", "SparseAdam", 1e-3, "maximize", "adam raw-epsilon=true"),
        new("torch", "NAdam", 2e-3, "weight_decay>weight-decay decoupled_weight_decay>-", r =>
            r.Settings.ContainsKey("decoupled_weight_decay") ? "nadamw" : "nadamw coupled=true weight-decay=0"),
        new("torch", "RAdam", 1e-3, "betas>beta1,beta2 weight_decay>weight-decay decoupled_weight_decay>-", r =>
            r.Settings.ContainsKey("decoupled_weight_decay") ? "radam raw-epsilon=true" : "radam raw-epsilon=true coupled=true"),
        new("torch", "Adamax", 2e-3, "weight_decay>weight-decay", "adamax coupled=true"),
        new("torch", "Adadelta", 1, "weight_decay>weight-decay", "adadelta"),
        new("torch", "Adagrad", 1e-2, "weight_decay>weight-decay eps>epsilon", "adagrad"),
        new("torch", "RMSprop", 1e-2, "alpha>decay centered>centred momentum weight_decay>weight-decay", "rmsprop"),
        new("torch", "Rprop", 1e-2, "step_sizes>least,most", "rprop"),
        new("optax", "sgd", 1e-2, "momentum nesterov", "sgd momentum=0"),
        new("optax", "adam", 1e-3, AdamKeys, r => r.Settings.ContainsKey("nesterov") ? "nadamw momentum-decay=1e9 weight-decay=0" : "adam"),
        new("optax", "adamw", 1e-3, AdamKeys, r => r.Settings.ContainsKey("nesterov") ? "nadamw momentum-decay=1e9 weight-decay=1e-4" : "adamw weight-decay=1e-4"),
        new("optax", "nadam", 1e-3, AdamKeys, "nadamw momentum-decay=1e9 weight-decay=0"),
        new("optax", "nadamw", 1e-3, AdamKeys, "nadamw momentum-decay=1e9 weight-decay=1e-4"),
        new("optax", "amsgrad", 1e-3, AdamKeys, "amsgrad corrected-maximum=true weight-decay=0"),
        new("optax", "radam", 1e-3, "threshold", "radam"),
        new("optax", "adamax", 1e-3, AdamKeys, "adamax"),
        new("optax", "adamaxw", 1e-3, AdamKeys, "adamax weight-decay=1e-4"),
        new("optax", "adabelief", 1e-3, AdamKeys, "adabelief"),
        new("optax", "yogi", 1e-2, AdamKeys, "yogi"),
        new("optax", "adadelta", 1, "weight_decay>weight-decay", "adadelta"),
        new("optax", "adagrad", 1e-2, "", "adagrad initial=0.1 epsilon=1e-7 epsilon-in-root=true"),
        new("optax", "rmsprop", 1e-2, "centered>centred momentum nesterov eps_in_sqrt>- bias_correction>bias-correction", r =>
            r.Settings.ContainsKey("eps_in_sqrt") ? "rmsprop decay=0.9" : "rmsprop decay=0.9 epsilon-in-root=true"),
        new("optax", "rprop", 1e-2, "", "rprop"),
        new("optax", "lion", 1e-3, "weight_decay>weight-decay", "lion weight-decay=1e-3"),
        new("optax", "sign_sgd", 1e-3, "", "lion beta1=0 beta2=0 weight-decay=0"),
        new("optax", "signum", 1e-3, "", "lion beta1=0.9 beta2=0.9 weight-decay=0"),
        new("optax", "ademamix", 1e-3, "", "ademamix weight-decay=0"),
        new("optax", "adopt", 1e-3, "", "adopt"),
        new("optax", "schedule_free_adamw", 2.5e-3, "", "schedule-free-adamw"),
        new("optax", "muon", 1e-3, "", "muon scale=original weight-decay=0") { OnlySingle = true },
        new("torch", "Muon", 1e-3, "", "muon scale=original weight-decay=0.1") { OnlySingle = true, OnlyMatrices = true },
    ];

    public static RecordedRow? Find(Recording recording) => Array.Find(All, row => row.Library == recording.Library && row.Theirs == recording.Optimizer);
}
