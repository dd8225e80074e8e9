using Nonsmooth.Bench.Building;
using Nonsmooth.Bench.Checkpoints;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Bench.Cost;
using Nonsmooth.Bench.Counting;
using Nonsmooth.Bench.Kernels;
using Nonsmooth.Bench.Mathematics;
using Nonsmooth.Bench.Onnx;
using Nonsmooth.Bench.Optimizers;
using Nonsmooth.Bench.Scalars;
using Nonsmooth.Bench.Solutions;
using Nonsmooth.Bench.Steps;

// Plain console verbs: each prints one line per figure, so that two runs can be compared by eye or by script.
return Run(args);

static int Run(string[] args) => args switch
{
    ["claims", .. var rest] => ClaimRun.Run(rest, Run),
    ["optimizer-bandwidth", .. var rest] => OptimizerBandwidth.Run(rest),
    ["fused-adamw", .. var rest] => FusedAdamW.Run(rest),
    ["torchsharp", .. var rest] => TorchSharpStep.Run(rest),
    ["count-time", .. var rest] => CountTime.Run(rest),
    ["checkpoint-sweep", .. var rest] => CheckpointSweep.Run(rest),
    ["same-bits", .. var rest] => SameBitsPrice.Run(rest),
    ["telemetry", .. var rest] => TelemetryCost.Run(rest),
    ["training-step", .. var rest] => TrainingStep.Run(rest),
    ["rank-steps", .. var rest] => RankSteps.Run(rest),
    ["roofline", .. var rest] => Roofline.Run(rest),
    ["profile", .. var rest] => Profile.Run(rest),
    ["predict", .. var rest] => Predict.Run(rest),
    ["memory", .. var rest] => Memory.Run(rest),
    ["adapter-memory", .. var rest] => AdapterMemory.Run(rest),
    ["fits"] => Fits.Run(),
    ["mode-choice", .. var rest] => ModeChoice.Run(rest),
    ["false-alarms", .. var rest] => FalseAlarms.Run(rest),
    ["half-convolution", .. var rest] => HalfConvolution.Run(rest),
    ["pool-derivative", .. var rest] => PoolDerivative.Run(rest),
    ["solutions", .. var rest] => StrategyTimes.Run(rest),
    ["solution-peers", .. var rest] => SolutionTimes.Run(rest),
    ["mathematics", .. var rest] => FunctionTimes.Run(rest),
    ["onnx", .. var rest] => OnnxTimes.Run(rest),
    ["folder", .. var rest] => FolderTimes.Run(rest),
    ["scalar", .. var rest] => ScalarTimes.Run(rest),
    ["scalar-batch", .. var rest] => BatchTimes.Run(rest),
    ["small-network", .. var rest] => PerceptronTimes.Run(rest),
    ["compiled-uses"] => UseTimes.Run(),
    ["executors"] => ExecutorTimes.Run(),
    ["sparse", .. var rest] => SparseTimes.Run(rest),
    ["gradient-ratio", .. var rest] => GradientRatio.Run(rest),
    ["building", .. var rest] => BuildingTime.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Nonsmooth.Bench claims [--measure [VERB]...] [--write]");
    Console.Error.WriteLine("       Nonsmooth.Bench optimizer-bandwidth [--parameters N] [--threads N] [--rounds N] [--optimizer NAME] [--bfloat16]");
    Console.Error.WriteLine("       Nonsmooth.Bench fused-adamw [--parameters N] [--threads N] [--rounds N]");
    Console.Error.WriteLine("       Nonsmooth.Bench torchsharp [--threads N] [--rounds N]");
    Console.Error.WriteLine("       Nonsmooth.Bench training-step [--network NAME] [--batch N] [--threads N] [--rounds N] [--steps N] [--against pytorch,plain,bf16] [--clock wall|cpu]");
    Console.Error.WriteLine("       Nonsmooth.Bench same-bits [NETWORK [BATCH [ROUNDS]]]");
    Console.Error.WriteLine("       Nonsmooth.Bench telemetry [NETWORK [BATCH [EVERY [ROUNDS [ULPS]]]]]");
    Console.Error.WriteLine("       Nonsmooth.Bench predict [REPEATS [details|totals [THREADS]]]");
    Console.Error.WriteLine("       Nonsmooth.Bench rank-steps [NETWORK [BATCH [TIMES [STEPS [SHARDS [CALIBRATION]]]]]]");
    Console.Error.WriteLine("       Nonsmooth.Bench roofline [ROUNDS]");
    Console.Error.WriteLine("       Nonsmooth.Bench profile NETWORK BATCH [bf16] [plain]");
    Console.Error.WriteLine("       Nonsmooth.Bench memory [NETWORK BATCH...]");
    Console.Error.WriteLine("       Nonsmooth.Bench adapter-memory");
    Console.Error.WriteLine("       Nonsmooth.Bench fits");
    Console.Error.WriteLine("       Nonsmooth.Bench count-time [NETWORK]...");
    Console.Error.WriteLine("       Nonsmooth.Bench checkpoint-sweep [NETWORK [BATCH]]");
    Console.Error.WriteLine("       Nonsmooth.Bench mode-choice [interpreter|compiled|libtorch [SCALE [PROGRAMS] [details] [machine]]]");
    Console.Error.WriteLine("       Nonsmooth.Bench false-alarms [RUNS [REPEATS]]");
    Console.Error.WriteLine("       Nonsmooth.Bench half-convolution [ROUNDS]");
    Console.Error.WriteLine("       Nonsmooth.Bench pool-derivative [ROUNDS]");
    Console.Error.WriteLine("       Nonsmooth.Bench solutions [ROUNDS]");
    Console.Error.WriteLine("       Nonsmooth.Bench solution-peers [regressions|programs|sparse|PROBLEM [ROUNDS]]");
    Console.Error.WriteLine("       Nonsmooth.Bench mathematics [ROUNDS]");
    Console.Error.WriteLine("       Nonsmooth.Bench onnx FOLDER [ROUNDS [FILE]]");
    Console.Error.WriteLine("       Nonsmooth.Bench folder [ROUNDS]");
    Console.Error.WriteLine("       Nonsmooth.Bench scalar [--alone] [OPERATIONS]...");
    Console.Error.WriteLine("       Nonsmooth.Bench scalar-batch [POINTS [OPERATIONS]]");
    Console.Error.WriteLine("       Nonsmooth.Bench small-network [NETWORK] [BATCH]...");
    Console.Error.WriteLine("       Nonsmooth.Bench compiled-uses");
    Console.Error.WriteLine("       Nonsmooth.Bench executors");
    Console.Error.WriteLine("       Nonsmooth.Bench sparse [VARIABLES]");
    Console.Error.WriteLine("       Nonsmooth.Bench gradient-ratio [PROGRAMS]");
    Console.Error.WriteLine("       Nonsmooth.Bench building [MOST [LEAST]]");
    return 2;
}
