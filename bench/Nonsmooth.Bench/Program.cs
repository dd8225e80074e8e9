using Nonsmooth.Bench.Optimizers;

// Plain console verbs: each prints one line per figure, so that two runs can be compared by eye or by script.
return args switch
{
    ["optimizer-bandwidth", .. var rest] => OptimizerBandwidth.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Nonsmooth.Bench optimizer-bandwidth [--parameters N] [--threads N] [--rounds N] [--optimizer NAME]");
    return 2;
}
