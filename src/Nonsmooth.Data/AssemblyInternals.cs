using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Training")]
[assembly: InternalsVisibleTo("Nonsmooth.Data.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Training.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Bench")]
