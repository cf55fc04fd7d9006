using System.Globalization;
using MlNetShallowNet.Fuzz;

// The share of the full counts, 1 by default; the seed, 1 by default; the targets, all by default.
double share = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 1;
int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
Target[] targets = [new Networks(), new States(), new Checkpoints(), new Models(), new Tables()];
int failures = 0;
foreach (Target target in targets.Where(target => args.Length < 3 || args.Skip(2).Contains(target.Name)))
    failures += new Campaign(target, Math.Max(1, (int)(share * target.FullCount)), seed).Run();
return failures == 0 ? 0 : 1;
