using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Training")]
[assembly: InternalsVisibleTo("Nonsmooth.Optimizers.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Training.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Bench")]
